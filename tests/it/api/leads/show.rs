//! One lead.

use leadline::caller::Role;
use leadline::workflows::NodeType::VoiceCall;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;

#[test]
fn a_lead_is_shown_with_everything_that_belongs_to_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let workflow = firm.workflow("Sales Pipeline", &[VoiceCall]);
    let campaign = firm.campaign("Q1 Campaign").id;
    let rep = firm.person(Role::Rep);
    let metadata =
        json!({ "edad": 35, "estado_lead": "calificado", "broker_asociado": "Juan Perez" });
    let created = program.post("/leads", &json!({
        "first_name": "Carlos", "last_name": "Lopez", "email": "carlos@example.com", "phone": "+56912345678",
        "company": "Acme Corp", "workflow_id": workflow, "campaign_id": campaign, "metadata": metadata,
        "owner": rep.email
    }));
    let created = created.of(201);
    let id = created["lead"]["id"].as_str().unwrap();
    let lead = program.get(&format!("/leads/{id}")).of(200);
    let owner =
        json!({ "id": rep.id, "name": "Rita Osei", "email": rep.email, "avatar_url": null });
    for (key, value) in [
        ("id", json!(id)),
        ("first_name", json!("Carlos")),
        ("last_name", json!("Lopez")),
        ("email", json!("carlos@example.com")),
        ("phone", json!("+56912345678")),
        ("source", json!("api")),
        ("company", json!("Acme Corp")),
        ("title", json!(null)),
        ("metadata", metadata),
        ("campaign", json!({ "id": campaign, "name": "Q1 Campaign" })),
        (
            "workflow",
            json!({ "id": workflow, "name": "Sales Pipeline", "goal_type": "appointment" }),
        ),
        ("assigned_user", owner.clone()),
        ("owner", owner),
        ("team", json!(null)),
        ("lead_source", json!(null)),
        ("external_id", json!(null)),
        ("tags", json!([])),
        ("archived", json!(false)),
        ("last_contacted_at", json!(null)),
        ("created_at", json!("2026-11-19T12:00:00Z")),
        ("updated_at", json!("2026-11-19T12:00:00Z")),
        ("next_action_at", json!("2026-11-19T12:00:00Z")),
    ] {
        assert_eq!(lead.get(key), Some(&value), "{key}");
    }
    assert!(lead["number"].is_i64());
    let run = &lead["activeWorkflowRun"];
    assert_eq!(run["id"], created["workflow_run"]["id"]);
    assert_eq!(
        (&run["workflow_id"], &run["is_active"], &run["run_status"]),
        (&json!(workflow), &json!(true), &json!("running"))
    );
    let status = &lead["currentStatus"];
    assert_eq!(
        (&status["key"], &status["label"], &status["category"]),
        (&json!("new"), &json!("New"), &json!("open"))
    );
    assert!(status["id"].is_string() && status["color"].as_str().unwrap().starts_with('#'));
}

#[test]
fn what_a_lead_does_not_have_is_null() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let id = firm.lead("Ann");
    let lead = firm.program().get(&format!("/leads/{id}")).of(200);
    for key in [
        "last_name",
        "email",
        "phone",
        "company",
        "title",
        "campaign",
        "activeWorkflowRun",
        "workflow",
        "currentStatus",
        "assigned_user",
        "owner",
    ] {
        assert_eq!(lead.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(lead["metadata"], json!({}));
}

#[test]
fn nobody_is_assigned_without_a_workflow_for_meetings() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let lead = json!({ "first_name": "Ann", "owner": firm.email(Role::Rep) });
    let id = program.post("/leads", &lead).of(201)["lead"]["id"].clone();
    let lead = program
        .get(&format!("/leads/{}", id.as_str().unwrap()))
        .of(200);
    assert_eq!(
        (&lead["assigned_user"], &lead["owner"]["name"]),
        (&json!(null), &json!("Rita Osei"))
    );
}

#[test]
fn a_lead_that_is_not_there_is_told_in_one_word() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    program
        .get(&format!("/leads/{}", Uuid::new_v4()))
        .is(404, &json!({ "error": "Lead not found" }));
    let theirs = app.firm("Zenith").lead("Ann");
    program
        .get(&format!("/leads/{theirs}"))
        .is(404, &json!({ "error": "Lead not found" }));
}
