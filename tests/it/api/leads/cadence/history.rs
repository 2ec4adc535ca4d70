//! What was said to a lead and what happened to it.

use chrono::TimeDelta;
use leadline::connectors::Channel;
use leadline::leads;
use leadline::workflows::NodeType;
use serde_json::{Value, json};

use crate::app::{TestApp, text};

fn kinds(history: &Value) -> Vec<String> {
    let entries = history["history"].as_array().unwrap().iter();
    entries
        .map(|entry| match entry["event"].as_str() {
            Some(event) => event.to_owned(),
            None => text(&entry["type"]),
        })
        .collect()
}

#[test]
fn a_history_is_told_from_the_oldest_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    firm.keep_messages(Channel::Email);
    let workflow = firm.workflow("Outreach", &[NodeType::VoiceCall, NodeType::Email]);
    let contact = json!({ "phone": "+442079460321", "email": "ann@example.com" });
    let lead = program.enrol(workflow, contact);
    app.wait(TimeDelta::minutes(1));
    app.work();
    lead.report(&json!({ "outcome": "NO_ANSWER", "duration_seconds": 20 }))
        .of(201);
    app.wait(TimeDelta::hours(1));
    app.work();
    let body = json!({ "outcome": "INTERESTED", "note": "Wants a price", "duration_seconds": 90,
                       "recording_url": "https://calls.example/1" });
    lead.report(&body).of(201);
    let id = lead.lead.parse().unwrap();
    app.wait(TimeDelta::minutes(1));
    leads::add_note(&mut app.connect(), &firm.owner(), id, "Nice person").unwrap();
    app.wait(TimeDelta::minutes(1));
    app.work();
    let path = format!("/leads/{}/history", lead.lead);
    let history = program.get(&path).of(200);
    assert_eq!(history["success"], json!(true));
    assert_eq!(history["lead"]["first_name"], "Ann");
    assert_eq!(
        kinds(&history),
        [
            "lead_enrolled",
            "lead_status_changed",
            "call_missed",
            "lead_status_changed",
            "call",
            "note",
            "lead_converted",
            "run_ended",
            "message",
        ]
    );
    let entries = &history["history"];
    for (at, key, value) in [
        (2, "outcome", json!("NO_ANSWER")),
        (2, "occurred_at", json!("2026-11-19T12:01:00Z")),
        (4, "duration_seconds", json!(90)),
        (4, "note", json!("Wants a price")),
        (4, "recording_url", json!("https://calls.example/1")),
        (4, "to", json!("+442079460321")),
        (5, "text", json!("Nice person")),
        (5, "author", json!("Olga Brandt")),
        (8, "channel", json!("email")),
        (8, "subject", json!("Hello")),
        (8, "text", json!("Hello Ann")),
        (8, "to", json!("ann@example.com")),
    ] {
        assert_eq!(entries[at][key], value, "{at} {key}: {}", entries[at]);
    }
    // Any part of it is the same part.
    for (offset, limit) in [(0, 3), (3, 3), (6, 3), (8, 200), (9, 1)] {
        let page = program
            .get(&format!("{path}?offset={offset}&limit={limit}"))
            .of(200);
        let whole = entries.as_array().unwrap();
        let part: Vec<_> = whole.iter().skip(offset).take(limit).cloned().collect();
        assert_eq!(page["history"], json!(part));
    }
    let calls = program.get(&format!("{path}?channel=call")).of(200);
    assert_eq!(kinds(&calls), ["call_missed", "call"]);
    let both = program.get(&format!("{path}?channel=email,%20sms")).of(200);
    assert_eq!(kinds(&both), ["message"]);
}

#[test]
fn what_is_asked_wrong_is_said_in_one_sentence() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("/leads/{}/history", firm.lead("Ann"));
    for (query, sentence) in [
        (
            "channel=fax",
            "channel must be a list of call, sms, whatsapp and email",
        ),
        (
            "channel=application",
            "channel must be a list of call, sms, whatsapp and email",
        ),
        ("limit=0", "limit must be a whole number from 1 to 200"),
        ("limit=201", "limit must be a whole number from 1 to 200"),
        (
            "offset=-1",
            "offset must be a whole number from 0 to 100,000",
        ),
        ("colour=red", "colour is not a known parameter"),
    ] {
        let answer = program.get(&format!("{path}?{query}"));
        answer.is(400, &json!({ "error": sentence }));
    }
    assert_eq!(program.get(&path).of(200)["history"], json!([]));
}

#[test]
fn the_audit_log_is_paged_and_hides_the_key() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Outreach", &[NodeType::Sms]);
    let lead = program.enrol(workflow, json!({}));
    lead.call("automation/stop", &json!({ "workflow_id": workflow }))
        .of(200);
    let path = format!("/leads/{}/audit-log", lead.lead);
    let whole = program.get(&path).of(200);
    let entries = whole["data"].as_array().unwrap();
    let events: Vec<_> = entries.iter().map(|entry| text(&entry["event"])).collect();
    assert_eq!(events, ["run_paused", "lead_enrolled", "lead_created"]);
    assert_eq!(whole["meta"]["total"], json!(3));
    let newest = &entries[0];
    assert_eq!(newest["requestMethod"], "POST");
    assert_eq!(newest["created"], "2026-11-19T12:00:00Z");
    assert_eq!(newest["apiKey"], "Everything");
    assert_eq!(newest["account_id"], json!(firm.owner().account.id));
    assert!(newest["id"].is_i64() && newest["requestHeaders"].is_object());
    assert!(!whole.to_string().contains("nxr_live_"));
    let mut seen = Vec::new();
    let mut next = format!("{path}?limit=1");
    while seen.len() < 3 {
        let page = program.get(&next).of(200);
        seen.push(page["data"][0].clone());
        let Some(cursor) = page["meta"]["next_cursor"].as_str() else {
            break;
        };
        next = format!("{path}?limit=1&cursor={cursor}");
    }
    assert_eq!(json!(seen), whole["data"]);
}
