//! Messages that other systems take: signed, tried again, and never sent twice for one try.

use std::sync::Arc;

use chrono::TimeDelta;
use leadline::connectors::{Channel, Kind, NewConnector};
use leadline::db;
use leadline::outreach::{self, Failure, Policy, Security};
use leadline::secrets::Sealer;
use leadline::workflows::NodeType::{self, Sms};
use leadline::workflows::dispatch::{self, Links, Parcel};
use leadline::workflows::{advance, settle};
use serde_json::{Value, json};

use crate::app::{Firm, Listener, TestApp};

const PHONE: &str = "+442079460321";
const POLICY: Policy = Policy {
    allow_private: true,
};

fn http(url: &str) -> NewConnector {
    NewConnector {
        kind: Some(Kind::Http),
        url: url.to_owned(),
        ..NewConnector::default()
    }
}

fn texts(firm: &Firm<'_>) -> uuid::Uuid {
    firm.chain(&[
        (Sms, json!({ "text": "Hi {{first_name}}" })),
        (NodeType::Converted, json!({})),
    ])
}

/// What a worker that dies before it has finished had claimed.
fn claimed(app: &TestApp) -> Vec<Parcel> {
    let mut conn = app.connect();
    let links = Links {
        public_url: app.base.clone(),
        sealer: Arc::new(Sealer::new(&db::secret(&mut conn).unwrap())),
    };
    let now = app.clock.now();
    settle(&mut conn, now).unwrap();
    advance(&mut conn, now, 100).unwrap();
    dispatch::claim(&mut conn, &links, now, 100).unwrap()
}

#[test]
fn a_message_is_signed_and_says_where_to_report() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[200]);
    let secret = firm.connect_by(Channel::Sms, http(&system.url)).unwrap();
    let lead = program.enrol(texts(&firm), json!({ "phone": PHONE }));
    app.work();
    assert_eq!(lead.status(), "converted");
    let step = lead.steps().remove(0);
    assert_eq!(
        (&step["outcome"], &step["why"]),
        (&json!("COMPLETED"), &json!(null))
    );
    let taken = system.taken();
    assert_eq!(taken.len(), 1);
    let body: Value = serde_json::from_str(&taken[0].body).unwrap();
    assert_eq!(
        (&body["to"], &body["text"]),
        (&json!(PHONE), &json!("Hi Ann"))
    );
    assert_eq!(body["workflow_run_id"], json!(lead.run));
    let report = format!("/workflows/{}/leads/{}/outcomes", lead.workflow, lead.run);
    assert!(body["report_url"].as_str().unwrap().ends_with(&report));
    let id = taken[0].header("webhook-id");
    assert_eq!(taken[0].header("idempotency-key"), id);
    let signed = outreach::signed(
        &secret,
        id,
        taken[0].header("webhook-timestamp").parse().unwrap(),
        taken[0].body.as_bytes(),
    );
    assert_eq!(
        signed.unwrap().standard,
        taken[0].header("webhook-signature")
    );
}

#[test]
fn what_fails_for_now_is_tried_again_later_each_time_and_then_has_failed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[500]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let lead = program.enrol(texts(&firm), json!({ "phone": PHONE }));
    app.work();
    for (at, minutes) in [1, 5, 15, 60, 240, 720].into_iter().enumerate() {
        assert_eq!(system.taken().len(), at + 1);
        let step = lead.step();
        assert_eq!(step["status"], "sent");
        let why = step["why"].as_str().unwrap();
        assert!(
            why.contains("answered 500") && why.contains("tried again at"),
            "{why}"
        );
        app.wait(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
        app.work();
        assert_eq!(system.taken().len(), at + 1);
        app.wait(TimeDelta::seconds(1));
        app.work();
    }
    // By now it is five in the morning where the lead is.
    let step = lead.step();
    assert_eq!(
        (&step["status"], &step["why"]),
        (
            &json!("sent"),
            &json!("waiting until Fri 09:00: contact hours in London")
        )
    );
    app.work_at("2026-11-20T08:59:59Z");
    assert_eq!(system.taken().len(), 6);
    app.work_at("2026-11-20T09:00:00Z");
    let taken = system.taken();
    assert_eq!(taken.len(), 7);
    let key = taken[0].header("idempotency-key");
    assert!(taken.iter().all(|one| one.header("idempotency-key") == key));
    let step = lead.steps().remove(0);
    assert_eq!(step["outcome"], "FAILED");
    assert!(
        step["why"].as_str().unwrap().contains("answered 500"),
        "{step}"
    );
    app.wait(TimeDelta::days(2));
    app.work();
    assert_eq!(system.taken().len(), 7);
    assert_eq!(lead.tries()[0]["status"], "failed");
}

#[test]
fn what_is_refused_for_good_is_not_tried_again() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[422]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let workflow = firm.workflow("Outreach", &[Sms]);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    app.wait(TimeDelta::days(3));
    app.work();
    assert_eq!(system.taken().len(), 1);
    assert_eq!(lead.steps()[0]["outcome"], "FAILED");
}

#[test]
fn what_a_worker_died_over_is_sent_again_under_the_same_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[200]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let lead = program.enrol(texts(&firm), json!({ "phone": PHONE }));
    let lost = claimed(&app);
    assert_eq!(lost.len(), 1);
    lost[0].send(&POLICY).unwrap();
    app.wait(TimeDelta::minutes(4));
    app.work();
    assert_eq!(system.taken().len(), 1);
    app.wait(TimeDelta::minutes(1));
    app.work();
    let taken = system.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(
        taken[0].header("idempotency-key"),
        taken[1].header("idempotency-key")
    );
    assert_eq!(lead.status(), "converted");
    assert_eq!(lead.tries().len(), 1);
    // A worker that was only slow finishes what is finished: nothing more follows.
    let mut conn = app.connect();
    let late = Err(Failure::Final("late".to_owned()));
    dispatch::finish(&mut conn, &lost[0], app.clock.now(), late).unwrap();
    assert_eq!(lead.tries()[0]["status"], "done");
}

#[test]
fn an_e_mail_a_worker_died_over_is_not_sent_again_and_says_so() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let smtp = NewConnector {
        kind: Some(Kind::Smtp),
        host: "127.0.0.1".to_owned(),
        port: Some(9),
        security: Some(Security::None),
        from_address: "sales@acme.example".to_owned(),
        ..NewConnector::default()
    };
    firm.connect_by(Channel::Email, smtp);
    let workflow = firm.workflow("Outreach", &[NodeType::Email]);
    let lead = program.enrol(workflow, json!({ "email": "ann@example.com" }));
    assert_eq!(claimed(&app).len(), 1);
    app.wait(TimeDelta::minutes(5));
    app.work();
    let step = lead.steps().remove(0);
    assert_eq!(step["outcome"], "FAILED");
    assert_eq!(
        step["why"],
        "The server stopped while this was being sent; it may have arrived"
    );
    assert_eq!(lead.status(), "converted");
}

#[test]
fn what_waits_to_leave_does_not_leave_once_the_lead_is_stopped() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[500, 200]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let workflow = texts(&firm);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    lead.call("automation/stop", &json!({ "workflow_id": workflow }))
        .of(200);
    app.wait(TimeDelta::hours(2));
    app.work();
    assert_eq!(system.taken().len(), 1);
    let resume = json!({ "workflow_id": workflow, "resume_cadence": true });
    lead.call("automation/resume", &resume).of(200);
    app.work();
    assert_eq!(system.taken().len(), 2);
    assert_eq!(lead.status(), "converted");
}
