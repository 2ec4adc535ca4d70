//! Leads come into a workflow by their numbers, which it may call, in a file or one by one.

use leadline::workflows::NodeType;
use serde_json::{Value, json};

use super::enrol::{messages, send, send_leniently};
use crate::app::{TestApp, text};

#[test]
fn calls_need_a_number_that_may_be_called() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Calls", &[NodeType::VoiceCall]);
    let csv = "phone_number\n(212) 555-0143\n+919876543210\n+1234567890\n";
    let refused = send(&program, workflow, csv).of(400);
    let groups: Vec<(String, String, Value)> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            (
                text(&group["code"]),
                text(&group["message"]),
                group["rows"].clone(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            (
                "country_not_enabled".to_owned(),
                "Calls to country IN are not enabled".to_owned(),
                json!([3])
            ),
            (
                "invalid_phone_number".to_owned(),
                "phone_number is not a valid phone number".to_owned(),
                json!([4])
            ),
        ]
    );
    let india = json!({"country": "IN", "enabled": true});
    program.post("/destinations", &india).of(201);
    let enrolled = send_leniently(&program, workflow, csv).of(201);
    assert_eq!(enrolled["leads_enrolled"], 2);
}

#[test]
fn one_lead_is_enrolled_by_its_number() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = messages(&firm);
    let path = format!("/workflows/{workflow}/leads");
    let lead = json!({"phone_number": "(212) 555-0143", "name": "Priya Sharma", "seats": 3});
    let enrolled = program.post(&path, &lead).of(201);
    assert_eq!(enrolled["workflow_id"], json!(workflow));
    assert_eq!(enrolled["phone_number"], "+12125550143");
    assert_eq!(enrolled["metadata"], json!({"seats": 3}));
    assert_eq!(enrolled["status"], "in_progress");
    assert_eq!(enrolled["enrolled_at"], "2026-11-19T12:00:00Z");
    let runs = program.get(&path).of(200);
    assert_eq!(runs["data"][0]["id"], enrolled["id"]);
    assert_eq!(
        runs["data"][0]["current_node_id"],
        enrolled["current_node_id"]
    );
    let again = program.post(&path, &lead);
    again.is_error(
        409,
        "Conflict",
        "The lead is in a workflow already, or was in this one",
    );
    let wrong = program.post(&path, &json!({"phone_number": "12ab"}));
    wrong.is_error(
        400,
        "Validation error",
        "phone_number is not a valid phone number",
    );
    let without = program.post(&path, &json!({"name": "Ann"}));
    without.is_error(400, "Validation error", "phone_number is required");
}
