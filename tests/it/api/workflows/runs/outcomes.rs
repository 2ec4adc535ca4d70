//! What dialers and people report.

use std::thread;

use chrono::TimeDelta;
use leadline::workflows::{NodeType, WorkflowStatus};
use serde_json::json;

use crate::app::{Enrolled, Firm, TestApp, WithKey};

const PHONE: &str = "+442079460321";

/// A lead at a call that is tried twice, then a text message, then the end.
fn called<'a>(firm: &Firm<'_>, program: &'a WithKey) -> Enrolled<'a> {
    let workflow = firm.graph(
        WorkflowStatus::Active,
        &[
            (
                NodeType::VoiceCall,
                json!({ "max_attempts": 2, "retry_after_minutes": 90 }),
            ),
            (NodeType::Converted, json!({ "status_key": "qualified" })),
            (
                NodeType::Time,
                json!({ "value": 1, "unit": "business_days" }),
            ),
            (NodeType::Dropped, json!({})),
        ],
        &[(0, 1, Some("INTERESTED")), (0, 2, None), (2, 3, None)],
    );
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    firm.app().work();
    lead
}

#[test]
fn no_answer_is_tried_again_until_the_attempts_are_used_up() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    let first = lead.outcome("NO_ANSWER");
    assert_eq!(
        first,
        json!({
            "id": lead.run, "workflow_id": lead.workflow, "status": "in_progress",
            "current_node_id": first["next"]["node_id"], "outcome": "NO_ANSWER",
            "next": { "node_id": first["next"]["node_id"], "label": "0",
                      "due_at": "2026-11-19T13:30:00Z" },
        })
    );
    let step = lead.step();
    assert_eq!(
        (&step["attempt"], &step["status"]),
        (&json!(2), &json!("scheduled"))
    );
    assert_eq!(step["why"], "another try 90 minutes later: no answer");
    assert_eq!(lead.shown()["currentStatus"]["key"], "contacted");
    app.work_at("2026-11-19T13:29:59Z");
    assert_eq!(lead.step()["status"], "scheduled");
    app.work_at("2026-11-19T13:30:00Z");
    assert_eq!(lead.step()["status"], "task");
    let second = lead.outcome("BUSY");
    assert_eq!(second["next"]["label"], "2");
    assert_eq!(second["next"]["due_at"], "2026-11-20T13:30:00Z");
    app.work_at("2026-11-20T13:30:00Z");
    assert_eq!(lead.status(), "dropped");
    assert_eq!(lead.shown()["currentStatus"]["key"], "lost");
    let way = lead.way();
    let way: Vec<_> = way
        .iter()
        .map(|(label, outcome)| (label.as_str(), outcome.as_str()))
        .collect();
    assert_eq!(
        way,
        [("0", "NO_ANSWER"), ("0", "BUSY"), ("2", ""), ("3", "")]
    );
}

#[test]
fn an_answer_takes_its_branch_at_once_and_its_end_sets_the_status() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    let done = lead.outcome("INTERESTED");
    assert_eq!(
        (&done["status"], &done["next"]),
        (&json!("converted"), &json!(null))
    );
    assert_eq!(done["current_node_id"], lead.step()["node_id"]);
    assert_eq!(lead.shown()["currentStatus"]["key"], "qualified");
    lead.report(&json!({ "outcome": "INTERESTED" })).is_error(
        409,
        "Conflict",
        "The lead's run is over; nothing waits for an outcome",
    );
}

#[test]
fn a_report_may_come_before_its_step_is_due() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    lead.outcome("NO_ANSWER");
    app.wait(TimeDelta::minutes(5));
    let early = lead.outcome("COMPLETED");
    assert_eq!(early["next"]["label"], "2");
    app.work();
    assert_eq!(lead.step()["label"], "2");
}

#[test]
fn out_of_hours_the_next_try_waits_and_says_why() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    // Half past six in the evening in London, where the number is.
    app.wait(TimeDelta::minutes(6 * 60 + 30));
    let workflow = firm.workflow("Outreach", &[NodeType::VoiceCall]);
    let lead = program.enrol(workflow, json!({ "phone": "+442079460321" }));
    app.work();
    assert_eq!(lead.step()["status"], "task");
    let next = lead.outcome("NO_ANSWER");
    assert_eq!(next["next"]["due_at"], "2026-11-20T09:00:00Z");
    let why = "waiting until Fri 09:00: contact hours in London";
    assert_eq!(lead.step()["why"], why);
    app.work_at("2026-11-20T08:59:59Z");
    assert_eq!(lead.step()["status"], "scheduled");
    app.work_at("2026-11-20T09:00:00Z");
    assert_eq!(lead.step()["status"], "task");
    // A task that nobody did in time is there again when the lead may be called again.
    app.work_at("2026-11-21T14:00:00Z");
    let step = lead.step();
    assert_eq!(
        (&step["status"], &step["due_at"]),
        (&json!("scheduled"), &json!("2026-11-23T09:00:00Z"))
    );
    assert_eq!(step["attempt"], json!(2));
}

#[test]
fn a_call_back_that_was_promised_comes_at_its_time_and_is_the_same_try() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    let body = json!({ "outcome": "CALL_BACK", "call_back_at": "2026-11-20T14:00:00+01:00" });
    let promised = lead.report(&body).of(201);
    assert_eq!(promised["next"]["due_at"], "2026-11-20T13:00:00Z");
    let step = lead.step();
    assert_eq!(step["attempt"], json!(1));
    assert_eq!(step["why"], "a call-back was promised for then");
    app.work_at("2026-11-20T13:00:00Z");
    assert_eq!(lead.step()["status"], "task");
    let far = json!({ "outcome": "CALL_BACK", "call_back_at": "2036-11-20T14:00:00Z" });
    lead.report(&far).is_error(
        400,
        "Validation error",
        "call_back_at must be at most a year ahead",
    );
}

#[test]
fn the_same_report_again_changes_nothing_and_is_answered_the_same() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    let body = json!({ "outcome": "NO_ANSWER", "external_id": "call-1" });
    let first = lead.report(&body).of(201);
    assert_eq!(lead.report(&body).of(201), first);
    assert_eq!(lead.steps().len(), 2);
    app.work_at("2026-11-19T13:30:00Z");
    lead.report(&json!({ "outcome": "BUSY", "external_id": "call-2" }))
        .of(201);
    app.work_at("2026-11-25T13:30:00Z");
    assert_eq!(lead.status(), "dropped");
    assert_eq!(lead.report(&body).of(201), first);
    assert_eq!(lead.tries().len(), 2);
}

#[test]
fn of_two_reports_at_once_one_is_taken() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for _ in 0..8 {
        let lead = called(&firm, &program);
        let mut answers: Vec<u16> = thread::scope(|scope| {
            let both = ["NO_ANSWER", "BUSY"].map(|outcome| {
                let lead = &lead;
                scope.spawn(move || lead.report(&json!({ "outcome": outcome })).status)
            });
            both.map(|one| one.join().unwrap()).into()
        });
        answers.sort_unstable();
        // Both may be taken, one after the other, when one was answered before the other came.
        let steps = lead.steps();
        match answers.as_slice() {
            [201, 409] => assert_eq!(steps.len(), 2),
            [201, 201] => assert_eq!(steps.len(), 3),
            other => panic!("{other:?}"),
        }
        assert_eq!(lead.tries().len(), steps.len() - 1);
    }
}

#[test]
fn what_can_not_be_taken_is_said() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    for (body, message) in [
        (json!({}), "outcome is required"),
        (json!({ "outcome": " " }), "outcome is required"),
        (json!({ "outcome": 1 }), "outcome must be a string"),
        (
            json!({ "outcome": "BUSY", "duration_seconds": 1.5 }),
            "duration_seconds must be a whole number",
        ),
        (
            json!({ "outcome": "BUSY", "occurred_at": "today" }),
            "occurred_at must be a time such as 2026-02-10T12:00:00Z",
        ),
        (
            json!({ "outcome": "BUSY", "colour": "red" }),
            "colour is not a known field",
        ),
        (
            json!({ "outcome": "SOLD" }),
            "outcome must be one of COMPLETED, NO_ANSWER, BUSY, VOICEMAIL, FAILED, INTERESTED, \
             NOT_INTERESTED, CALL_BACK, WRONG_NUMBER, DO_NOT_CALL, REPLIED, MEETING_BOOKED, or a \
             branch of “0”",
        ),
    ] {
        lead.report(&body)
            .is_error(400, "Validation error", message);
    }
    let negative = json!({ "outcome": "BUSY", "duration_seconds": -1 });
    assert_eq!(lead.report(&negative).status, 400);
    assert_eq!(lead.steps().len(), 1);
    lead.outcome("WRONG_NUMBER");
    lead.report(&json!({ "outcome": "BUSY" })).is_error(
        409,
        "Conflict",
        "The lead is at “2”, where nothing waits for an outcome",
    );
    let draft = firm.graph(
        WorkflowStatus::Draft,
        &[(NodeType::Sms, json!({ "text": "Hi" }))],
        &[],
    );
    let waits = program.enrol(draft, json!({}));
    waits.report(&json!({ "outcome": "COMPLETED" })).is_error(
        409,
        "Conflict",
        "The workflow has not been activated yet; nothing waits for an outcome",
    );
}

#[test]
fn whoever_asks_not_to_be_called_is_left_alone_for_good() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = called(&firm, &program);
    let note = "x".repeat(900);
    let body = json!({ "outcome": "DO_NOT_CALL", "note": note,
                       "call_back_at": "2026-11-20T14:00:00Z" });
    let done = lead.report(&body).of(201);
    assert_eq!(
        (&done["status"], &done["next"]),
        (&json!("dropped"), &json!(null))
    );
    assert_eq!(lead.step()["outcome"], "DO_NOT_CALL");
    let again = lead.call("assign-workflow", &json!({ "workflowId": lead.workflow }));
    assert_eq!(again.status, 409);
    let same_number = json!({ "first_name": "Bob", "phone": PHONE, "workflow_id": lead.workflow });
    assert_eq!(program.post("/leads", &same_number).status, 409);
}
