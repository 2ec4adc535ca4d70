//! Leads that come on the do-not-contact list while they are on their way.

use chrono::TimeDelta;
use diesel::{Connection as _, RunQueryDsl as _};
use leadline::caller::Role;
use leadline::connectors::{Channel, Kind as Way, NewConnector};
use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::NodeType::{self, Email, Sms, VoiceCall};
use serde_json::json;
use uuid::Uuid;

use crate::app::{Enrolled, Firm, Listener, TestApp};

const PHONE: &str = "+442079460321";
const EMAIL: &str = "ann@example.com";

fn list(firm: &Firm<'_>, kind: Kind, value: &str) {
    let entry = NewEntry {
        kind,
        value: value.to_owned(),
        reason: "asked".to_owned(),
    };
    let mut conn = firm.app().connect();
    do_not_contact::add(&mut conn, &firm.owner(), vec![entry], Source::Person).unwrap();
}

fn calls(firm: &Firm<'_>) -> Uuid {
    firm.workflow("Outreach", &[VoiceCall, Email])
}

fn is_out(lead: &Enrolled<'_>, why: &str) {
    assert_eq!(lead.status(), "dropped");
    let step = lead.step();
    assert_eq!(step["outcome"], "BLOCKED");
    assert!(step["why"].as_str().unwrap().starts_with(why), "{step}");
    let shown = lead.shown();
    assert_eq!(shown["currentStatus"]["key"], "lost");
    assert_eq!(shown["next_action_at"], json!(null));
}

#[test]
fn whoever_an_entry_names_is_out_at_once_and_nobody_else() {
    let app = TestApp::start();
    let (firm, other) = (app.firm("Acme"), app.firm("Other"));
    let (program, elsewhere) = (firm.program(), other.program());
    let workflow = calls(&firm);
    let ann = program.enrol(workflow, json!({ "phone": PHONE }));
    let twin = program.enrol(workflow, json!({ "phone": "+44 20 7946 0321" }));
    let by_mail = program.enrol(
        workflow,
        json!({ "phone": "+442079460322", "email": "Ann@Example.COM" }),
    );
    let bob = program.enrol(
        workflow,
        json!({ "phone": "+442079460323", "email": "joann@example.com" }),
    );
    let theirs = elsewhere.enrol(calls(&other), json!({ "phone": PHONE, "email": EMAIL }));
    app.work();
    list(&firm, Kind::Phone, PHONE);
    app.work();
    for lead in [&ann, &twin] {
        is_out(lead, "Phone number on the do-not-contact list since 19 Nov");
    }
    assert_eq!(by_mail.status(), "waiting");
    list(&firm, Kind::Email, EMAIL);
    app.work();
    is_out(&by_mail, "E-mail address on the do-not-contact list since");
    for lead in [&bob, &theirs] {
        assert_eq!(lead.status(), "waiting");
    }
    let history = format!("/leads/{}/history", ann.lead);
    let history = program.get(&history).of(200)["history"].clone();
    let last = history.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["event"], "run_ended");
    let why = last["text"].as_str().unwrap();
    assert!(why.ends_with("asked (by Olga Brandt)"), "{why}");
}

#[test]
fn the_settings_page_takes_them_out_and_what_was_queued_does_not_leave() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[500]);
    let http = NewConnector {
        kind: Some(Way::Http),
        url: system.url.clone(),
        ..NewConnector::default()
    };
    firm.connect_by(Channel::Sms, http);
    let lead = program.enrol(firm.workflow("Outreach", &[Sms]), json!({ "phone": PHONE }));
    app.work();
    assert_eq!(
        (lead.status().as_str(), system.taken().len()),
        ("waiting", 1)
    );
    let rep = firm.signed_in(Role::Rep);
    let form = rep.get("/settings/do-not-contact").form("Add to the list");
    let form = form.fill("Phone", PHONE).fill("Reason", "asked");
    assert_eq!(rep.send(form).status, 303);
    app.wait(TimeDelta::hours(1));
    app.work();
    is_out(&lead, "Phone number on");
    assert_eq!(system.taken().len(), 1);
    let page = rep.get(&format!("/leads/{}", lead.lead));
    assert!(page.says("did not send an SMS after all"), "{page:?}");
    assert!(page.says("The lead came on the do-not-contact list"));
}

#[test]
fn who_wants_no_more_e_mails_leaves_the_workflow_too() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = program.enrol(calls(&firm), json!({ "phone": PHONE, "email": EMAIL }));
    app.work();
    do_not_contact::opt_out(&mut app.connect(), &firm.owner(), EMAIL).unwrap();
    app.work();
    is_out(
        &lead,
        "E-mail address on the do-not-contact list since 19 Nov 2026: Asked for no more",
    );
}

#[test]
fn a_lead_in_a_persons_hands_is_theirs_until_it_is_handed_back() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = calls(&firm);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    lead.call("automation/stop", &json!({ "workflow_id": workflow }))
        .of(200);
    list(&firm, Kind::Lead, &lead.lead);
    app.work();
    assert_eq!(lead.status(), "paused");
    let resume = json!({ "workflow_id": workflow, "resume_cadence": true });
    lead.call("automation/resume", &resume).of(200);
    app.work();
    is_out(&lead, "On the do-not-contact list since");
}

#[test]
fn a_lead_that_somebody_holds_is_found_when_it_is_free() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = program.enrol(
        firm.chain(&[
            (NodeType::Time, json!({ "delay_hours": 48 })),
            (NodeType::Dropped, json!({})),
        ]),
        json!({ "phone": PHONE }),
    );
    app.work();
    list(&firm, Kind::Phone, PHONE);
    let mut other = app.connect();
    other
        .transaction(|conn| {
            diesel::sql_query("SELECT FROM leads FOR NO KEY UPDATE").execute(conn)?;
            app.work();
            assert_eq!(lead.status(), "in_progress");
            diesel::QueryResult::Ok(())
        })
        .unwrap();
    app.wait(TimeDelta::minutes(1));
    app.work();
    is_out(&lead, "Phone number on");
    app.wait(TimeDelta::minutes(10));
    app.work();
    let (_, statements) = app.statements(|| app.work());
    let looks = |statement: &&String| statement.contains("search_text");
    assert_eq!(statements.iter().filter(looks).count(), 0);
}
