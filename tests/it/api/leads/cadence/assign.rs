//! Leads go into workflows, and from one into another.

use leadline::do_not_contact::{self, Kind, NewEntry, Source};
use leadline::workflows::{NodeType, WorkflowStatus};
use serde_json::json;
use uuid::Uuid;

use crate::app::{TestApp, text};

#[test]
fn a_lead_goes_into_a_workflow_and_then_into_another() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let (first, second) = (
        firm.workflow("First", &[NodeType::Sms]),
        firm.workflow("Second", &[NodeType::Sms]),
    );
    let lead = firm.lead("Ann");
    let path = format!("/leads/{lead}/assign-workflow");
    let made = program.post(&path, &json!({ "workflowId": first })).of(201);
    let run = text(&made["workflowRunId"]);
    assert_eq!(
        made,
        json!({
            "workflowRunId": run, "workflowId": first, "workflowName": "First",
            "movementType": "enrollment", "paused": false,
        })
    );
    let body = json!({ "workflowId": second, "reason": "asked for it", "actorId": "u-7" });
    let moved = program.post(&path, &body).of(201);
    assert_eq!(
        (&moved["movementType"], &moved["workflowName"]),
        (&json!("reassignment"), &json!("Second"))
    );
    let left = program.get(&format!("/workflows/{first}/leads")).of(200);
    assert_eq!(left["data"][0]["status"], "removed");
    let shown = program.get(&format!("/leads/{lead}")).of(200);
    assert_eq!(shown["activeWorkflowRun"]["id"], moved["workflowRunId"]);
    assert_eq!(shown["workflow"]["name"], "Second");
    let history = program.get(&format!("/leads/{lead}/history")).of(200);
    let told = history["history"].to_string();
    assert!(told.contains("asked for it (for u-7)"), "{told}");
    // The same workflow again begins anew.
    let again = program
        .post(&path, &json!({ "workflowId": second }))
        .of(201);
    assert_ne!(again["workflowRunId"], moved["workflowRunId"]);
    for workflow in [first, second] {
        let list = program.get(&format!("/workflows/{workflow}")).of(200);
        let live = i64::from(workflow == second);
        assert_eq!(list["enrolled_leads"], json!(live));
    }
}

#[test]
fn a_lead_that_waits_for_a_draft_is_said_to_wait() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let nodes = [(NodeType::Sms, json!({ "text": "Hi" }))];
    let draft = firm.graph(WorkflowStatus::Draft, &nodes, &[]);
    let path = format!("/leads/{}/assign-workflow", firm.lead("Ann"));
    let made = program.post(&path, &json!({ "workflowId": draft })).of(201);
    assert_eq!(made["paused"], json!(true));
}

#[test]
fn what_stands_in_the_way_is_said_in_one_sentence() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let calls = firm.workflow("Calls", &[NodeType::VoiceCall]);
    let lead = firm.lead("Ann");
    let path = format!("/leads/{lead}/assign-workflow");
    let refused = |path: &str, body, status, sentence: &str| {
        let answer = program.post(path, &body);
        answer.is(status, &json!({ "error": sentence }));
    };
    refused(&path, json!({}), 400, "workflowId is required");
    refused(
        &path,
        json!({ "workflowId": "x" }),
        400,
        "workflowId must be a UUID",
    );
    refused(
        &path,
        json!({ "workflowId": Uuid::now_v7() }),
        404,
        "Workflow not found or does not belong to your account",
    );
    refused(
        &path,
        json!({ "workflowId": calls }),
        400,
        "phone is required when assigning to a workflow with call steps",
    );
    let nobody = format!("/leads/{}/assign-workflow", Uuid::now_v7());
    refused(
        &nobody,
        json!({ "workflowId": calls }),
        404,
        "Lead not found",
    );
    let entry = NewEntry {
        kind: Kind::Lead,
        value: lead.to_string(),
        reason: "asked".to_owned(),
    };
    let mut conn = app.connect();
    do_not_contact::add(&mut conn, &firm.owner(), vec![entry], Source::Person).unwrap();
    let sms = firm.workflow("Texts", &[NodeType::Sms]);
    refused(
        &path,
        json!({ "workflowId": sms }),
        409,
        "On the do-not-contact list since 19 Nov 2026: asked (by Olga Brandt)",
    );
    let archived = firm.lead("Bob");
    program
        .post(&format!("/leads/{archived}/archive"), &json!({}))
        .of(200);
    let path = format!("/leads/{archived}/assign-workflow");
    refused(
        &path,
        json!({ "workflowId": sms }),
        409,
        "The lead is archived; bring it back first",
    );
    let shown = program.get(&format!("/leads/{lead}")).of(200);
    assert_eq!(shown["activeWorkflowRun"], json!(null));
}
