//! What is said to leads, and what stands in the way.

use chrono::TimeDelta;
use leadline::connectors::Channel;
use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::NodeType::{Email, Sms, Time, VoiceCall};
use leadline::workflows::WorkflowStatus;
use serde_json::{Value, json};

use crate::app::{Firm, TestApp};

const PHONE: &str = "+442079460321";

fn leave_alone(firm: &Firm<'_>, kind: Kind, value: &str) {
    let entry = NewEntry {
        kind,
        value: value.to_owned(),
        reason: "asked".to_owned(),
    };
    let mut conn = firm.app().connect();
    do_not_contact::add(&mut conn, &firm.owner(), vec![entry], Source::Person).unwrap();
}

fn emails(firm: &Firm<'_>) -> uuid::Uuid {
    let email = |text: &str| {
        let config = json!({ "subject": "For {{company}}", "text": text, "max_attempts": 3 });
        (Email, config)
    };
    firm.chain(&[
        email("Dear {{first_name}}, {{metadata.plan}}"),
        (Time, json!({ "delay_hours": 1 })),
        email("Again, {{first_name}}"),
        (leadline::workflows::NodeType::Dropped, json!({})),
    ])
}

#[test]
fn messages_are_filled_in_and_go_on_by_themselves() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.keep_messages(Channel::Email);
    let about = json!({ "email": "ann@example.com", "company": "Orca", "plan": "Gold" });
    let lead = program.enrol(emails(&firm), about);
    app.work();
    assert_eq!(lead.step()["label"], "1");
    app.work_at("2026-11-19T13:00:00Z");
    assert_eq!(lead.status(), "dropped");
    let tries = lead.tries();
    let said: Vec<_> = tries
        .iter()
        .map(|one| (&one["subject"], &one["text"]))
        .collect();
    assert_eq!(
        said,
        [
            (&json!("For Orca"), &json!("Dear Ann, Gold")),
            (&json!("For Orca"), &json!("Again, Ann")),
        ]
    );
    assert_eq!(tries[0]["status"], "done");
    assert_eq!(lead.shown()["last_contacted_at"], "2026-11-19T13:00:00Z");
}

#[test]
fn what_comes_with_the_lead_replaces_the_first_text_alone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.keep_messages(Channel::Email);
    let about = json!({ "email": "ann@example.com", "company": "Orca",
                        "force_first_message": "As agreed" });
    let lead = program.enrol(emails(&firm), about);
    app.work_at("2026-11-19T13:00:00Z");
    app.work_at("2026-11-19T15:00:00Z");
    let texts: Vec<Value> = lead.tries().iter().map(|one| one["text"].clone()).collect();
    assert_eq!(texts, ["As agreed", "Again, Ann"]);
}

#[test]
fn what_can_not_be_tried_fails_with_the_reason_and_takes_the_way_of_a_failure() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = emails(&firm);
    let lead = program.enrol(workflow, json!({ "email": "ann@example.com" }));
    app.work();
    let first = lead.steps().remove(0);
    assert_eq!(
        (&first["outcome"], &first["why"]),
        (&json!("FAILED"), &json!("No sender is set for e-mails"))
    );
    firm.keep_messages(Channel::Email);
    let lead = program.enrol(workflow, json!({ "first_name": "Bob" }));
    app.work();
    let first = lead.steps().remove(0);
    assert_eq!(
        (&first["outcome"], &first["why"]),
        (&json!("FAILED"), &json!("The lead has no e-mail address"))
    );
    assert_eq!(lead.step()["label"], "1");
    assert!(lead.tries().is_empty());
}

#[test]
fn a_number_on_the_list_blocks_its_calls_and_an_address_its_e_mails() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.keep_messages(Channel::Email);
    let workflow = firm.graph(
        WorkflowStatus::Active,
        &[
            (VoiceCall, json!({ "max_attempts": 3 })),
            (Email, json!({ "subject": "Hi", "text": "Hi" })),
            (Sms, json!({ "text": "Hi" })),
        ],
        &[(0, 1, Some("FAILED")), (1, 2, None)],
    );
    leave_alone(&firm, Kind::Phone, PHONE);
    app.work();
    app.wait(TimeDelta::minutes(10));
    app.work();
    let about = json!({ "phone": "+442079460399", "email": "ann@example.com" });
    let lead = program.enrol(workflow, about);
    // It gets the listed number only now.
    program
        .patch(&format!("/leads/{}", lead.lead), &json!({ "phone": PHONE }))
        .of(200);
    app.work();
    let steps = lead.steps();
    let why = "Phone number on the do-not-contact list since 19 Nov 2026: asked (by Olga Brandt)";
    assert_eq!(
        (&steps[0]["outcome"], &steps[0]["why"]),
        (&json!("BLOCKED"), &json!(why))
    );
    // The e-mail left; the text message is to the same number, and nothing follows it.
    let outcomes: Vec<_> = lead.way().into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(outcomes, ["BLOCKED", "COMPLETED", "BLOCKED"]);
    assert_eq!(lead.status(), "failed");
}

#[test]
fn a_lead_on_the_list_is_out() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = program.enrol(
        firm.workflow("Outreach", &[VoiceCall]),
        json!({ "phone": PHONE }),
    );
    leave_alone(&firm, Kind::Lead, &lead.lead);
    app.work();
    assert_eq!(lead.status(), "dropped");
    assert_eq!(lead.step()["outcome"], "BLOCKED");
    assert_eq!(lead.shown()["currentStatus"]["key"], "lost");
}
