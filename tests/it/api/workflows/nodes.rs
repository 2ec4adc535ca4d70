//! Nodes are added, changed and taken out.

use serde_json::json;
use uuid::Uuid;

use super::{cadence, draft, edge, node, text};
use crate::app::TestApp;

#[test]
fn a_node_is_added_below_the_others_and_shown() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let input = json!({
        "node_type": "EMAIL", "label": " Hello ", "position_x": 40, "position_y": 12.5,
        "config": { "subject": "Hi", "text": "Hello", "max_attempts": 2 },
    });
    let first = program.post(&format!("{path}/nodes"), &input).of(201);
    for (key, value) in [
        ("node_type", json!("EMAIL")),
        ("label", json!("Hello")),
        ("position_x", json!(40.0)),
        ("position_y", json!(12.5)),
        ("config", input["config"].clone()),
    ] {
        assert_eq!(first[key], value, "{key}");
    }
    assert!(path.ends_with(&text(&first, "workflow_id")));
    let second = program
        .post(&format!("{path}/nodes"), &json!({ "node_type": "DROPPED" }))
        .of(201);
    assert_eq!(second["label"], "Given up");
    assert_eq!(second["config"], json!({}));
    let shown = program.get(&format!("{path}/nodes")).of(200);
    assert_eq!(shown["data"], json!([first, second]));
    assert_eq!(shown["meta"]["total"], 2);
    assert_eq!(program.get(&path).of(200)["node_count"], 2);
}

#[test]
fn a_node_changes_but_not_its_type() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let id = node(&program, &path, "SMS", json!({ "max_attempts": 3 }));
    let path = format!("{path}/nodes/{id}");
    let changed = program
        .patch(
            &path,
            &json!({ "label": "Hello", "node_type": "SMS", "config": { "text": "Hi" } }),
        )
        .of(200);
    assert_eq!(changed["id"], json!(id));
    assert_eq!(changed["label"], "Hello");
    assert_eq!(changed["config"], json!({ "text": "Hi" }));
    program
        .patch(&path, &json!({ "node_type": "EMAIL" }))
        .is_error(
            409,
            "Conflict",
            "The type of a step can't change; add another step instead",
        );
    assert_eq!(program.patch(&path, &json!({})).of(200), changed);
}

#[test]
fn a_node_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = format!("{}/nodes", draft(&program));
    let types =
        "VOICE_CALL, SMS, WHATSAPP, EMAIL, TIME, CONDITIONAL, APPLICATION, CONVERTED or DROPPED";
    for (body, message) in [
        (json!({}), "node_type is required".to_owned()),
        (
            json!({ "node_type": "FAX" }),
            format!("node_type must be {types}"),
        ),
        (
            json!({ "node_type": "SMS", "label": "x".repeat(201) }),
            "label must be at most 200 characters long".to_owned(),
        ),
        (
            json!({ "node_type": "SMS", "position_x": "left" }),
            "position_x must be a number".to_owned(),
        ),
        (
            json!({ "node_type": "SMS", "config": [] }),
            "config must be an object".to_owned(),
        ),
        (
            json!({ "node_type": "SMS", "config": { "max_attempts": 11 } }),
            "config.max_attempts must be a whole number from 1 to 10".to_owned(),
        ),
        (
            json!({ "node_type": "TIME", "config": { "delay_hours": 0 } }),
            "config.delay_hours must be a number of hours above 0, at most a year".to_owned(),
        ),
        (
            json!({ "node_type": "SMS", "colour": 1 }),
            "colour is not a known field".to_owned(),
        ),
    ] {
        program
            .post(&path, &body)
            .is_error(400, "Validation error", &message);
    }
    assert_eq!(program.get(&path).of(200)["data"], json!([]));
}

#[test]
fn a_node_goes_with_its_edges_unless_it_is_the_only_way_in() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = cadence(&program);
    let nodes = program.get(&format!("{path}/nodes")).of(200);
    let id = |place: usize| text(&nodes["data"][place], "id");
    program.delete(&format!("{path}/nodes/{}", id(0))).is_error(
        409,
        "Conflict",
        "This step is the only way into the workflow; add another step that leads to the rest \
         first",
    );
    program
        .delete(&format!("{path}/nodes/{}", id(1)))
        .is(200, &json!({ "success": true }));
    let edges = program.get(&format!("{path}/edges")).of(200);
    assert_eq!(edges["meta"]["total"], 1);
    assert_eq!(edges["data"][0]["from_node_id"], json!(id(2)));
    let gone = program.delete(&format!("{path}/nodes/{}", id(1)));
    gone.is_error(
        404,
        "Not found",
        "Node not found or does not belong to your account",
    );
    // Another way in, and the first may go.
    edge(&program, &path, &id(2), &id(0), Some("FAILED"));
    let other = node(&program, &path, "SMS", json!({}));
    edge(&program, &path, &other, &id(0), None);
    program.delete(&format!("{path}/nodes/{}", id(2))).of(200);
    assert_eq!(program.get(&path).of(200)["node_count"], 3);
}

#[test]
fn a_workflow_holds_no_more_than_two_hundred_nodes() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    for _ in 0..200 {
        node(&program, &path, "TIME", json!({}));
    }
    let one_more = program.post(&format!("{path}/nodes"), &json!({ "node_type": "TIME" }));
    one_more.is_error(409, "Conflict", "A workflow has at most 200 steps");
    let all = program.get(&format!("{path}/nodes")).of(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 200);
}

#[test]
fn the_nodes_of_no_workflow_are_not_found() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    for part in ["nodes", "edges", "statuses"] {
        program
            .get(&format!("/workflows/{}/{part}", Uuid::now_v7()))
            .is_error(
                404,
                "Not found",
                "Workflow not found or does not belong to your account",
            );
    }
}
