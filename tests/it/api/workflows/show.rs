//! Workflows are shown and listed.

use leadline::workflows::NodeType;
use serde_json::json;

use crate::app::TestApp;

#[test]
fn a_workflow_is_shown_with_its_statuses() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.workflow("Sales Outreach", &[NodeType::VoiceCall, NodeType::Sms]);
    let program = firm.program();
    program
        .post(
            "/leads",
            &json!({ "first_name": "Ann", "phone": "1", "workflow_id": id }),
        )
        .of(201);
    let shown = program.get(&format!("/workflows/{id}")).of(200);
    for (key, value) in [
        ("id", json!(id)),
        ("name", json!("Sales Outreach")),
        ("description", json!(null)),
        ("status", json!("active")),
        ("goal_type", json!("appointment")),
        ("node_count", json!(3)),
        ("edge_count", json!(2)),
        ("enrolled_leads", json!(1)),
        ("created_at", json!("2026-11-19T12:00:00Z")),
        ("updated_at", json!("2026-11-19T12:00:00Z")),
    ] {
        assert_eq!(shown[key], value, "{key}");
    }
    let statuses = shown["statuses"].as_array().unwrap();
    let keys: Vec<_> = statuses
        .iter()
        .map(|one| one["key"].as_str().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "new",
            "contacted",
            "engaged",
            "qualified",
            "converted",
            "lost",
            "expired"
        ]
    );
    for status in statuses {
        for key in ["id", "label", "color", "category"] {
            assert!(status[key].is_string(), "{status}");
        }
        assert!(status["is_terminal"].is_boolean(), "{status}");
    }
}

#[test]
fn workflows_are_listed() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let none = program.get("/workflows").of(200);
    assert_eq!(
        none,
        json!({ "data": [], "meta": { "limit": 20, "next_cursor": null, "total": 0, "total_is_exact": true } })
    );
    let id = firm.workflow("Sales Outreach", &[NodeType::Email]);
    let one = program.get("/workflows?page=1").of(200);
    assert_eq!(
        one["data"][0],
        program.get(&format!("/workflows/{id}")).of(200)
    );
    assert_eq!(
        (&one["meta"]["page"], &one["meta"]["totalPages"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn a_workflow_that_is_not_there_is_not_found() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let answer = firm
        .program()
        .get(&format!("/workflows/{}", uuid::Uuid::new_v4()));
    answer.is_error(
        404,
        "Not found",
        "Workflow not found or does not belong to your account",
    );
}
