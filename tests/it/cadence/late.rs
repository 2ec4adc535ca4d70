//! What was handed over and never heard of, and what could not leave when it was written.

use chrono::TimeDelta;
use leadline::caller::Role;
use leadline::connectors::{Channel, Kind, NewConnector};
use leadline::workflows::NodeType::{Converted, Dropped, Sms, VoiceCall};
use leadline::workflows::{self, advance};
use serde_json::json;

use crate::app::{Listener, TestApp};

const PHONE: &str = "+442079460321";

fn http(url: &str) -> NewConnector {
    NewConnector {
        kind: Some(Kind::Http),
        url: url.to_owned(),
        ..NewConnector::default()
    }
}

#[test]
fn a_call_nobody_reports_on_has_failed_after_a_day_and_says_that_nobody_did() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let dialer = Listener::answering(&[202]);
    firm.connect_by(Channel::Call, http(&dialer.url));
    program
        .post("/destinations", &json!({ "country": "GB" }))
        .of(201);
    let workflow = firm.chain(&[(VoiceCall, json!({})), (Dropped, json!({}))]);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    assert_eq!(lead.tries()[0]["status"], "sent");
    app.wait(TimeDelta::days(1));
    app.work();
    let step = lead.steps().remove(0);
    assert_eq!(
        (&step["outcome"], &step["why"]),
        (&json!("FAILED"), &json!("No report came within a day"))
    );
    let tried = lead.tries().remove(0);
    for (key, value) in [
        ("type", "call_missed"),
        ("status", "unreported"),
        ("outcome", "FAILED"),
        ("why", "No report came within a day"),
    ] {
        assert_eq!(tried[key], value, "{tried}");
    }
    let page = firm
        .signed_in(Role::Viewer)
        .get(&format!("/leads/{}", lead.lead));
    assert!(page.says("handed over a call"), "{page:?}");
    assert!(page.says("No report came within a day"));
    let outbox = firm.signed_in(Role::Viewer).get("/outbox?state=unreported");
    assert!(outbox.says("No report"), "{outbox:?}");
}

#[test]
fn what_waited_a_day_to_be_handed_over_does_not_leave_beside_its_next_try() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[200]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let workflow = firm.chain(&[
        (
            Sms,
            json!({ "text": "Hi", "max_attempts": 2, "retry_after_minutes": 5 }),
        ),
        (Converted, json!({})),
    ]);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    // Written down to leave; then no worker runs for more than a day.
    advance(&mut app.connect(), app.clock.now(), 100).unwrap();
    app.wait(TimeDelta::hours(25));
    advance(&mut app.connect(), app.clock.now(), 100).unwrap();
    app.work();
    assert_eq!(system.taken().len(), 0);
    app.wait(TimeDelta::minutes(5));
    app.work();
    assert_eq!(system.taken().len(), 1);
    let tries = lead.tries();
    assert_eq!(
        (&tries[0]["status"], &tries[0]["why"]),
        (
            &json!("failed"),
            &json!("It was not handed over within a day")
        )
    );
    assert_eq!(tries[1]["status"], "done");
}

#[test]
fn what_waited_while_its_workflow_was_paused_leaves_in_contact_hours() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let system = Listener::answering(&[500, 200]);
    firm.connect_by(Channel::Sms, http(&system.url));
    let workflow = firm.workflow("Outreach", &[Sms]);
    let lead = program.enrol(workflow, json!({ "phone": PHONE }));
    app.work();
    let conn = &mut app.connect();
    workflows::pause(conn, &firm.owner(), workflow).unwrap();
    app.work_at("2026-11-20T03:00:00Z");
    workflows::resume(conn, &firm.owner(), workflow).unwrap();
    app.work();
    assert_eq!(system.taken().len(), 1);
    app.work_at("2026-11-20T09:00:00Z");
    assert_eq!(system.taken().len(), 2);
    assert_eq!(lead.status(), "converted");
}
