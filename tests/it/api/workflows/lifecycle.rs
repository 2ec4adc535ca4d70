//! The life of a workflow, from the first node to its end.

use leadline::workflows::{self, NodeType};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{cadence, draft, edge, node, text};
use crate::app::{TestApp, WithKey};

fn to(program: &WithKey, workflow: &str, verb: &str) -> Value {
    program
        .post(&format!("{workflow}/{verb}"), &json!({}))
        .of(200)["status"]
        .clone()
}

fn refused(program: &WithKey, workflow: &str, verb: &str, message: &str) {
    program
        .post(&format!("{workflow}/{verb}"), &json!({}))
        .is_error(409, "Conflict", message);
}

#[test]
fn activation_names_every_fault_until_none_is_left() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let activate = format!("{path}/activate");
    program.post(&activate, &json!({})).is_error(
        400,
        "Validation error",
        "The workflow has no steps yet",
    );
    let call = node(&program, &path, "VOICE_CALL", json!({}));
    let sms = node(&program, &path, "SMS", json!({}));
    let again = node(
        &program,
        &path,
        "WHATSAPP",
        json!({ "text": "{{nickname}}?" }),
    );
    let back = edge(&program, &path, &again, &call, None);
    edge(&program, &path, &call, &again, None);
    program.post(&activate, &json!({})).is_error(
        400,
        "Validation error",
        "“VOICE_CALL” can't be reached from “SMS”; \
         “WHATSAPP” can't be reached from “SMS”; \
         “VOICE_CALL”, “WHATSAPP” lead in a circle without a wait; \
         “SMS” leads nowhere: add an edge to another step or to an end; \
         “SMS” has no text; \
         “WHATSAPP” speaks of {{nickname}}, which no lead has",
    );
    let said = json!({ "config": { "text": "{{first_name}}?" } });
    for id in [&sms, &again] {
        program.patch(&format!("{path}/nodes/{id}"), &said).of(200);
    }
    program.delete(&format!("{path}/edges/{back}")).of(200);
    edge(&program, &path, &again, &sms, None);
    let end = node(&program, &path, "DROPPED", json!({}));
    edge(&program, &path, &sms, &end, None);
    let answer = program.ask("POST", &activate, None).of(200);
    assert_eq!(answer["status"], "active");
    assert!(path.ends_with(&text(&answer, "id")));
    assert_eq!(program.get(&path).of(200)["status"], "active");
}

#[test]
fn an_email_needs_a_sender() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let mail = node(
        &program,
        &path,
        "EMAIL",
        json!({ "subject": "Hi", "text": "Hi" }),
    );
    let end = node(&program, &path, "DROPPED", json!({}));
    edge(&program, &path, &mail, &end, None);
    let answer = program.post(&format!("{path}/activate"), &json!({}));
    answer.is_error(
        400,
        "Validation error",
        "“EMAIL” has no sender: say in the settings how e-mail leaves",
    );
}

#[test]
fn a_workflow_goes_through_its_life_and_nowhere_else() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = cadence(&program);
    refused(
        &program,
        &path,
        "pause",
        "The workflow is a draft; there is nothing to pause",
    );
    refused(
        &program,
        &path,
        "resume",
        "The workflow is a draft; activate it instead",
    );
    refused(
        &program,
        &path,
        "cancel",
        "The workflow is a draft, which has not begun; delete it instead",
    );
    assert_eq!(to(&program, &path, "activate"), "active");
    refused(
        &program,
        &path,
        "activate",
        "The workflow is active already, and nothing was edited since",
    );
    refused(&program, &path, "resume", "The workflow is not paused");
    assert_eq!(to(&program, &path, "pause"), "paused");
    refused(&program, &path, "pause", "The workflow is paused already");
    refused(
        &program,
        &path,
        "activate",
        "The workflow is paused; resume it instead",
    );
    assert_eq!(to(&program, &path, "resume"), "active");
    assert_eq!(to(&program, &path, "cancel"), "cancelled");
    for verb in ["activate", "pause", "resume", "cancel"] {
        refused(
            &program,
            &path,
            verb,
            "The workflow is cancelled and stays so",
        );
    }
    let node = program.post(&format!("{path}/nodes"), &json!({ "node_type": "TIME" }));
    node.is_error(
        409,
        "Conflict",
        "A workflow that is cancelled can't be edited; duplicate it instead",
    );
}

#[test]
fn an_active_workflow_is_edited_beside_its_version_until_it_is_published() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = cadence(&program);
    to(&program, &path, "activate");
    let id = Uuid::try_parse(path.rsplit('/').next().unwrap()).unwrap();
    let versions = || -> Vec<(i32, i32, String)> {
        let found = workflows::versions(&mut app.connect(), &firm.owner(), id).unwrap();
        found
            .into_iter()
            .map(|one| (one.number, one.step_count, one.moves.to_string()))
            .collect()
    };
    let row = || {
        workflows::find(&mut app.connect(), &firm.owner(), id)
            .unwrap()
            .row
    };
    assert_eq!(versions(), [(1, 2, "stay".to_owned())]);
    assert!(!row().is_edited);
    let nodes = program.get(&format!("{path}/nodes")).of(200);
    let sms = text(&nodes["data"][2], "id");
    let mail = node(&program, &path, "WHATSAPP", json!({ "text": "Hi" }));
    edge(&program, &path, &sms, &mail, Some("FAILED"));
    // New leads take what was published.
    let taken = program
        .post(
            "/leads",
            &json!({ "first_name": "Ann", "phone": "1", "workflow_id": id }),
        )
        .of(201);
    assert_eq!(taken["workflow_run"]["cadence"]["totalSteps"], 2);
    assert_eq!((row().is_edited, row().step_count), (true, 2));
    let activate = format!("{path}/activate");
    program.post(&activate, &json!({})).is_error(
        400,
        "Validation error",
        "“WHATSAPP” leads nowhere: add an edge to another step or to an end",
    );
    program.delete(&format!("{path}/nodes/{mail}")).of(200);
    program
        .post(&activate, &json!({ "running_leads": "later" }))
        .is_error(
            400,
            "Validation error",
            "running_leads must be stay, next_step or now",
        );
    program
        .post(&activate, &json!({ "running_leads": "next_step" }))
        .of(200);
    assert_eq!(
        versions(),
        [(2, 2, "next_step".to_owned()), (1, 2, "stay".to_owned())]
    );
    assert!(!row().is_edited);
}

#[test]
fn publishing_tells_whom_it_concerns() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let id = firm.workflow("Outreach", &[NodeType::Sms, NodeType::Whatsapp]);
    let path = format!("/workflows/{id}");
    program
        .post("/leads", &json!({ "first_name": "Ann", "workflow_id": id }))
        .of(201);
    let preview = || workflows::publish_preview(&mut app.connect(), &firm.owner(), id).unwrap();
    assert_eq!(preview().running, 1);
    assert_eq!(preview().by_version, [(1, 1)]);
    assert_eq!(preview().at_removed_nodes, 0);
    let nodes = program.get(&format!("{path}/nodes")).of(200);
    let first = text(&nodes["data"][0], "id");
    let second = text(&nodes["data"][1], "id");
    let other = node(&program, &path, "SMS", json!({ "text": "Hi" }));
    edge(&program, &path, &other, &second, None);
    program.delete(&format!("{path}/nodes/{first}")).of(200);
    assert_eq!(preview().at_removed_nodes, 1);
}

#[test]
fn a_copy_is_a_draft_of_its_own() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = cadence(&program);
    to(&program, &path, "activate");
    let answer = program
        .post(&format!("{path}/duplicate"), &json!({}))
        .of(201);
    assert_eq!(answer["status"], "draft");
    let copy = format!("/workflows/{}", text(&answer, "id"));
    assert_ne!(copy, path);
    let shown = program.get(&copy).of(200);
    assert_eq!(shown["name"], "Outreach (copy)");
    assert_eq!(
        (&shown["node_count"], &shown["edge_count"]),
        (&json!(4), &json!(3))
    );
    // It is whole: it may be run, and the first does not know of it.
    assert_eq!(to(&program, &copy, "activate"), "active");
    assert_eq!(to(&program, &copy, "pause"), "paused");
    program.delete(&copy).of(200);
    assert_eq!(program.get(&path).of(200)["node_count"], 4);
}
