//! Contact hours that change while leads wait by them.

use chrono::{NaiveDate, TimeDelta};
use leadline::accounts::{self, NewAccount};
use leadline::hours::{ContactHours, Span};
use leadline::leads::NewLead;
use leadline::patch::Patch;
use leadline::workflows::NodeType::{self, Sms, Time, VoiceCall};
use leadline::workflows::{self, WorkflowChanges};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Enrolled, Firm, TestApp};

/// In London, where it is as late as in the tests' clock.
const PHONE: &str = "+442079460321";

fn workdays(from: &str, to: &str) -> ContactHours {
    let span = Span::between(from, to);
    ContactHours {
        days: [span, span, span, span, span, None, None],
        holidays: Vec::new(),
    }
}

/// Sets the account's, and lets the leads follow.
fn set(firm: &Firm<'_>, hours: &ContactHours) {
    let app = firm.app();
    accounts::set_contact_hours(&mut app.connect(), &firm.owner(), hours).unwrap();
    app.work();
}

fn set_of_workflow(firm: &Firm<'_>, id: Uuid, hours: Patch<ContactHours>) {
    let app = firm.app();
    let changes = WorkflowChanges {
        contact_hours: hours,
        ..WorkflowChanges::default()
    };
    workflows::update(&mut app.connect(), &firm.owner(), id, changes).unwrap();
    app.work();
}

fn due(lead: &Enrolled<'_>) -> (Value, String) {
    let step = lead.step();
    let why = step["why"].as_str().unwrap_or_default().to_owned();
    (step["due_at"].clone(), why)
}

fn calls(firm: &Firm<'_>) -> Uuid {
    let config = json!({ "max_attempts": 3, "retry_after_minutes": 240 });
    firm.chain(&[(VoiceCall, config), (NodeType::Converted, json!({}))])
}

#[test]
fn a_step_that_waits_for_an_opening_moves_with_it_and_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    app.wait(TimeDelta::hours(8));
    let lead = program.enrol(calls(&firm), json!({ "phone": PHONE }));
    app.work();
    let waits = |until: &str, why: &str| {
        let (due_at, said) = due(&lead);
        assert_eq!(due_at, json!(until));
        assert!(said.starts_with(why), "{said}");
        assert_eq!(lead.shown()["next_action_at"], json!(until));
    };
    waits(
        "2026-11-20T09:00:00Z",
        "waiting until Fri 09:00: contact hours in London",
    );
    set(&firm, &workdays("08:00", "19:00"));
    waits(
        "2026-11-20T08:00:00Z",
        "waiting until Fri 08:00: contact hours in London",
    );
    let mut closed_on_friday = workdays("08:00", "19:00");
    closed_on_friday.holidays = vec![NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()];
    set(&firm, &closed_on_friday);
    waits("2026-11-23T08:00:00Z", "waiting until Mon 08:00");
    // Open by now, so it is done now; closed again, so it leaves Today.
    set(&firm, &ContactHours::always());
    assert_eq!(lead.status(), "waiting");
    let step = lead.step();
    assert_eq!(
        (&step["status"], &step["due_at"]),
        (&json!("task"), &json!("2026-11-19T20:00:00Z"))
    );
    set(&firm, &workdays("09:00", "19:00"));
    assert_eq!(lead.step()["status"], "scheduled");
    waits("2026-11-20T09:00:00Z", "waiting until Fri 09:00");
    app.work_at("2026-11-20T09:00:00Z");
    assert_eq!(lead.step()["status"], "task");
}

#[test]
fn only_the_shift_into_the_hours_is_decided_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = calls(&firm);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    lead.outcome("NO_ANSWER");
    let in_hours = due(&lead);
    assert_eq!(in_hours.0, json!("2026-11-19T16:00:00Z"));
    // Four hours later nobody may be called any more.
    let short = Patch::Set(workdays("09:00", "15:00"));
    set_of_workflow(&firm, workflow, short);
    let (due_at, why) = due(&lead);
    assert_eq!(due_at, json!("2026-11-20T09:00:00Z"));
    assert_eq!(why, "waiting until Fri 09:00: contact hours in London");
    set_of_workflow(&firm, workflow, Patch::Clear);
    let (due_at, why) = due(&lead);
    assert_eq!(due_at, json!("2026-11-19T16:00:00Z"));
    assert_eq!(why, "its own wait, which ends inside the contact hours");
    app.work_at("2026-11-19T15:59:59Z");
    assert_eq!(lead.step()["status"], "scheduled");
    app.work_at("2026-11-19T16:00:00Z");
    assert_eq!(lead.step()["status"], "task");
}

#[test]
fn waits_of_the_cadence_and_times_that_people_set_stay() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let two_days = json!({ "value": 2, "unit": "business_days" });
    let waiting = firm.chain(&[
        (Time, two_days),
        (Sms, json!({ "text": "Hi" })),
        (NodeType::Converted, json!({})),
    ]);
    let waiting = program.enrol(waiting, json!({ "phone": PHONE }));
    let workflow = calls(&firm);
    let put_off = program.enrol(workflow, json!({ "phone": "+442079460322" }));
    let promised = program.enrol(workflow, json!({ "phone": "+442079460323" }));
    app.work();
    let until = "2026-11-20T17:00:00Z";
    let lead = put_off.lead.parse().unwrap();
    let conn = &mut app.connect();
    workflows::snooze(conn, &firm.owner(), lead, until.parse().unwrap()).unwrap();
    let report = workflows::Report {
        outcome: "CALL_BACK".to_owned(),
        call_back_at: Some(until.parse().unwrap()),
        ..workflows::Report::default()
    };
    let run = promised.run.parse().unwrap();
    workflows::report(conn, &firm.owner(), workflow, run, report).unwrap();
    let leads = [&waiting, &put_off, &promised];
    let before = leads.map(due);
    assert_eq!(before[1].0, json!(until));
    let mut hours = workdays("09:00", "12:30");
    hours.holidays = vec![NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()];
    set(&firm, &hours);
    assert_eq!(leads.map(due), before);
}

#[test]
fn a_step_that_was_held_asks_the_hours_when_it_goes_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    app.wait(TimeDelta::hours(8));
    let (held, stopped) = (calls(&firm), calls(&firm));
    let held = program.enrol(held, json!({ "phone": PHONE }));
    let stopped = program.enrol(stopped, json!({ "phone": "+442079460322" }));
    app.work();
    let conn = &mut app.connect();
    workflows::pause(conn, &firm.owner(), held.workflow).unwrap();
    stopped
        .call(
            "automation/stop",
            &json!({ "workflow_id": stopped.workflow }),
        )
        .of(200);
    app.work();
    set(&firm, &workdays("09:00", "12:00"));
    app.work_at("2026-11-20T10:00:00Z");
    workflows::resume(conn, &firm.owner(), held.workflow).unwrap();
    let named = json!({ "workflow_id": stopped.workflow, "resume_cadence": true });
    stopped.call("automation/resume", &named).of(200);
    app.work();
    for lead in [&held, &stopped] {
        assert_eq!(lead.step()["status"], "task", "{}", lead.step());
    }
}

#[test]
fn leads_without_a_zone_of_their_own_follow_the_accounts() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    app.wait(TimeDelta::hours(8));
    let (calls, with_own_hours) = (calls(&firm), calls(&firm));
    set_of_workflow(
        &firm,
        with_own_hours,
        Patch::Set(workdays("10:00", "18:00")),
    );
    // A toll-free number is of nowhere.
    let lead = program.enrol(calls, json!({ "phone": "+18005550142" }));
    let other = program.enrol(with_own_hours, json!({ "phone": "+18005550143" }));
    let in_london = program.enrol(calls, json!({ "phone": PHONE }));
    app.work();
    let waits = |lead: &Enrolled<'_>, until: &str, why: &str| {
        let (due_at, said) = due(lead);
        assert_eq!((due_at, said.as_str()), (json!(until), why));
        assert_eq!(lead.shown()["next_action_at"], json!(until));
    };
    let london = "waiting until Fri 09:00: contact hours in London";
    let move_to = |time_zone: &str| {
        let account = NewAccount {
            name: "Acme".to_owned(),
            default_country: "US".to_owned(),
            time_zone: time_zone.to_owned(),
        };
        let owner = firm.owner();
        let duplicates = owner.account.duplicates;
        accounts::update(&mut app.connect(), &owner, account, duplicates).unwrap();
        app.work();
        waits(&in_london, "2026-11-20T09:00:00Z", london);
    };
    move_to("Asia/Tokyo");
    let tokyo = "waiting until Fri 09:00: contact hours in Tokyo";
    waits(&lead, "2026-11-20T00:00:00Z", tokyo);
    let tokyo = "waiting until Fri 10:00: contact hours in Tokyo";
    waits(&other, "2026-11-20T01:00:00Z", tokyo);
    // Where it is Thursday noon, so both may be called now.
    move_to("America/Los_Angeles");
    assert_eq!(
        (&lead.step()["status"], &other.step()["status"]),
        (&json!("task"), &json!("task"))
    );
}

#[test]
fn more_leads_than_one_statement_takes_all_follow() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    app.wait(TimeDelta::hours(8));
    let workflow = calls(&firm);
    let intakes = (0..2_050).map(|at| leadline::enrolment::Intake {
        lead: NewLead {
            first_name: "Ann".to_owned(),
            phone: Some(format!("+4420794{at:05}")),
            source: "manual".to_owned(),
            ..NewLead::default()
        },
        workflow_id: Some(workflow),
        ..leadline::enrolment::Intake::default()
    });
    let conn = &mut app.connect();
    leadline::enrolment::take_in(conn, &firm.owner(), intakes.collect()).unwrap();
    app.work();
    let (_, statements) = app.statements(|| set(&firm, &workdays("08:00", "19:00")));
    // Some for each batch, and none for a lead.
    assert!(statements.len() < 250, "{}", statements.len());
    #[derive(diesel::QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let waiting: Waiting = diesel::RunQueryDsl::get_result(
        diesel::sql_query(
            "SELECT count(*) AS n FROM workflow_run_steps
             WHERE due_at = '2026-11-20T08:00:00Z' AND wake_at = due_at
                 AND why = 'waiting until Fri 08:00: contact hours in London'",
        ),
        conn,
    )
    .unwrap();
    assert_eq!(waiting.n, 2_050);
}
