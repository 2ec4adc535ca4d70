//! One new lead.

use leadline::leads::{self, Show, What};
use leadline::workflows::NodeType::{self, Email, Sms, VoiceCall, Whatsapp};
use serde_json::json;
use uuid::Uuid;

use crate::app::{Answer, TestApp};

const CADENCE: &[NodeType] = &[VoiceCall, Sms, Email, Whatsapp, VoiceCall];

fn is_invalid(answer: &Answer, message: &str) {
    answer.is_error(400, "Validation error", message);
}

#[test]
fn the_smallest_lead_is_a_first_name() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let body = firm
        .program()
        .post("/leads", &json!({ "first_name": "John" }))
        .of(201);
    let lead = &body["lead"];
    assert!(
        Uuid::parse_str(lead["id"].as_str().unwrap()).is_ok_and(|id| id.get_version_num() == 7)
    );
    for (key, value) in [
        ("first_name", json!("John")),
        ("last_name", json!(null)),
        ("email", json!(null)),
        ("phone", json!(null)),
        ("source", json!("api")),
        ("company", json!(null)),
        ("title", json!(null)),
        ("metadata", json!({})),
        ("created_at", json!("2026-11-19T12:00:00Z")),
    ] {
        assert_eq!(lead[key], value, "{key}");
        assert!(
            lead.get(key).is_some(),
            "{key} is there even when it is null"
        );
    }
    assert_eq!(body["success"], true);
    assert!(body.get("workflow_run").is_none(), "{body}");
}

#[test]
fn the_example_with_a_workflow_is_answered_as_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Sales Outreach", CADENCE);
    let campaign = firm.campaign("Q1 Campaign").id;
    let body = firm.program().post(
        "/leads",
        &json!({
            "first_name": "John",
            "last_name": "Doe",
            "email": "john@example.com",
            "phone": "+1234567890",
            "workflow_id": workflow,
            "campaign_id": campaign
        }),
    );
    let body = body.of(201);
    let lead = &body["lead"];
    assert_eq!(
        (&lead["last_name"], &lead["email"], &lead["phone"]),
        (
            &json!("Doe"),
            &json!("john@example.com"),
            &json!("+1234567890")
        )
    );
    let run = &body["workflow_run"];
    assert!(Uuid::parse_str(run["id"].as_str().unwrap()).is_ok());
    assert!(run["job_id"].is_string(), "{run}");
    assert_eq!(
        run["workflow"],
        json!({ "id": workflow, "name": "Sales Outreach" })
    );
    let cadence = json!({ "stepIndex": 0, "channel": "call", "attemptNumber": 1, "maxAttempts": 3, "totalSteps": 5 });
    assert_eq!(run["cadence"], cadence);
}

#[test]
fn the_example_with_metadata_is_answered_as_written() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let metadata = json!({
        "edad": 35,
        "rango_sueldo": "$2000-$4000",
        "broker_asociado": "Juan Perez",
        "estado_lead": "interesado",
        "notas_asociadas": "Prefiere contacto por WhatsApp",
        "fecha_lead": "2025-01-15"
    });
    let program = firm.program();
    let body = program.post(
        "/leads",
        &json!({
            "first_name": "Maria",
            "last_name": "Garcia",
            "email": "maria@example.com",
            "phone": "+56912345678",
            "workflow_id": firm.workflow("Sales Outreach", CADENCE),
            "campaign_id": firm.campaign("Q1 Campaign").id,
            "metadata": metadata
        }),
    );
    let lead = &body.of(201)["lead"];
    assert_eq!(
        (&lead["metadata"], &lead["phone"]),
        (&metadata, &json!("+56912345678"))
    );
    let kept = program
        .get(&format!("/leads/{}", lead["id"].as_str().unwrap()))
        .of(200);
    assert_eq!(kept["metadata"], metadata);
}

#[test]
fn the_literal_sentences_of_the_contract() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for blank in [
        json!({}),
        json!({ "first_name": null }),
        json!({ "first_name": "" }),
        json!({ "first_name": " \t" }),
    ] {
        is_invalid(&program.post("/leads", &blank), "first_name is required");
    }
    let calls = firm.workflow("Sales Outreach", CADENCE);
    for phone in [json!(null), json!(""), json!("  ")] {
        let lead = json!({ "first_name": "John", "phone": phone, "workflow_id": calls });
        is_invalid(
            &program.post("/leads", &lead),
            "phone is required when assigning to a workflow with call steps",
        );
    }
    let lead = json!({ "first_name": "John", "campaign_id": Uuid::new_v4() });
    is_invalid(
        &program.post("/leads", &lead),
        "campaign_id not found or does not belong to your account",
    );
    let lead = json!({ "first_name": "John", "workflow_id": Uuid::new_v4() });
    let answer = program.post("/leads", &lead);
    answer.is_error(
        404,
        "Not found",
        "Workflow not found or does not belong to your account",
    );
    assert_eq!(program.get("/leads").of(200)["meta"]["total"], 0);
}

#[test]
fn a_workflow_without_calls_needs_no_phone() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let workflow = firm.workflow("Letters", &[Email, Email]);
    let lead = json!({ "first_name": "John", "workflow_id": workflow });
    let run = firm.program().post("/leads", &lead).of(201)["workflow_run"].clone();
    assert_eq!(
        (&run["cadence"]["channel"], &run["cadence"]["totalSteps"]),
        (&json!("email"), &json!(2))
    );
}

#[test]
fn a_new_lead_stands_in_the_audit_with_its_key_and_without_the_secret() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let key = firm.key("Website", &[]);
    let body = app
        .with_key(&key)
        .post("/leads", &json!({ "first_name": "Ann" }))
        .of(201);
    let id = body["lead"]["id"].as_str().unwrap().parse().unwrap();
    let moments =
        leads::timeline(&mut app.connect(), &firm.owner(), id, Show::Everything, 10).unwrap();
    let What::Change(entry) = &moments[0].what else {
        panic!("{moments:?}")
    };
    assert_eq!(
        (entry.event.as_str(), entry.api_key.as_deref()),
        ("lead_created", Some("Website"))
    );
    let written = format!("{entry:?}");
    assert!(
        written.contains("/api/public/leads") && !written.contains(&key),
        "{written}"
    );
}
