//! Workflows are made, changed and deleted.

use chrono::TimeDelta;
use leadline::workflows::NodeType;
use serde_json::json;

use super::draft;
use crate::app::TestApp;

#[test]
fn a_workflow_is_made_as_a_draft_with_statuses() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let input = json!({ "name": " Spring ", "description": "For all", "goal_type": "sale" });
    let made = program.post("/workflows", &input).of(201);
    for (key, value) in [
        ("name", json!("Spring")),
        ("description", json!("For all")),
        ("goal_type", json!("sale")),
        ("status", json!("draft")),
        ("node_count", json!(0)),
        ("edge_count", json!(0)),
        ("enrolled_leads", json!(0)),
    ] {
        assert_eq!(made[key], value, "{key}");
    }
    assert_eq!(made["statuses"].as_array().unwrap().len(), 7);
    let path = format!("/workflows/{}", made["id"].as_str().unwrap());
    assert_eq!(program.get(&path).of(200), made);
    let plain = program
        .post("/workflows", &json!({ "name": "Plain" }))
        .of(201);
    assert_eq!(plain["goal_type"], "none");
}

#[test]
fn what_is_said_of_a_workflow_changes_and_the_rest_stays() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    app.wait(TimeDelta::hours(1));
    let changed = program
        .patch(
            &path,
            &json!({ "description": "Why", "goal_type": "appointment" }),
        )
        .of(200);
    assert_eq!(changed["name"], "Outreach");
    assert_eq!(changed["description"], "Why");
    assert_eq!(changed["goal_type"], "appointment");
    assert_eq!(changed["updated_at"], "2026-11-19T13:00:00Z");
    let cleared = program
        .patch(&path, &json!({ "description": null }))
        .of(200);
    assert_eq!(cleared["description"], json!(null));
    for status in ["active", "draft", "nonsense"] {
        program.patch(&path, &json!({ "status": status })).is_error(
            409,
            "Conflict",
            "The status can't be set; use activate, pause, resume or cancel",
        );
    }
}

#[test]
fn a_workflow_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    for (body, message) in [
        (json!({ "name": " " }), "name is required"),
        (json!({ "name": 7 }), "name must be a string"),
        (
            json!({ "name": "x".repeat(201) }),
            "name must be at most 200 characters long",
        ),
        (
            json!({ "name": "A", "description": "x".repeat(2_001) }),
            "description must be at most 2000 characters long",
        ),
        (
            json!({ "name": "A\u{0}" }),
            "name must not contain NUL characters",
        ),
        (
            json!({ "name": "A", "goal_type": "fame" }),
            "goal_type must be appointment, sale, qualification or none",
        ),
        (
            json!({ "name": "A", "colour": "red" }),
            "colour is not a known field",
        ),
    ] {
        program
            .post("/workflows", &body)
            .is_error(400, "Validation error", message);
        program
            .patch(&path, &body)
            .is_error(400, "Validation error", message);
    }
    program
        .post("/workflows", &json!({}))
        .is_error(400, "Validation error", "name is required");
    assert_eq!(program.get("/workflows").of(200)["meta"]["total"], 1);
}

#[test]
fn a_workflow_is_deleted_once_it_does_not_run_and_its_leads_live_on() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = firm.workflow("Outreach", &[NodeType::Sms]);
    let path = format!("/workflows/{id}");
    let lead = program
        .post("/leads", &json!({ "first_name": "Ann", "workflow_id": id }))
        .of(201);
    program.delete(&path).is_error(
        409,
        "Conflict",
        "The workflow is active; pause or cancel it before it is deleted",
    );
    program.post(&format!("{path}/pause"), &json!({})).of(200);
    program.delete(&path).is(200, &json!({ "success": true }));
    assert_eq!(program.get(&path).status, 404);
    let lead = format!("/leads/{}", lead["lead"]["id"].as_str().unwrap());
    let lead = program.get(&lead).of(200);
    assert_eq!(lead["workflow"], json!(null));
    assert_eq!(lead["currentStatus"], json!(null));
}
