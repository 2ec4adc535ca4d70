//! Edges are added and taken out.

use serde_json::json;
use uuid::Uuid;

use super::{draft, edge, node};
use crate::app::TestApp;

#[test]
fn edges_are_kept_in_the_order_in_which_they_are_tried() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let call = node(&program, &path, "VOICE_CALL", json!({}));
    let won = node(&program, &path, "CONVERTED", json!({}));
    let lost = node(&program, &path, "DROPPED", json!({}));
    let input = json!({ "from_node_id": call, "to_node_id": won, "label": " INTERESTED " });
    let made = program.post(&format!("{path}/edges"), &input).of(201);
    assert_eq!(made["from_node_id"], json!(call));
    assert_eq!(made["to_node_id"], json!(won));
    assert_eq!(made["label"], "INTERESTED");
    let busy = edge(&program, &path, &call, &lost, Some("BUSY"));
    let rest = edge(&program, &path, &call, &lost, None);
    let ids = || -> Vec<String> {
        let edges = program.get(&format!("{path}/edges")).of(200);
        let edges = edges["data"].as_array().unwrap().clone();
        edges
            .iter()
            .map(|edge| edge["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let interested = made["id"].as_str().unwrap().to_owned();
    assert_eq!(ids(), [interested.clone(), busy.clone(), rest.clone()]);
    program
        .delete(&format!("{path}/edges/{interested}"))
        .is(200, &json!({ "success": true }));
    let back = edge(&program, &path, &call, &won, Some("INTERESTED"));
    assert_eq!(ids(), [busy, rest, back]);
    assert_eq!(
        program.delete(&format!("{path}/edges/{interested}")).status,
        404
    );
    assert_eq!(program.get(&path).of(200)["edge_count"], 3);
}

#[test]
fn the_same_edge_twice_is_refused() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let call = node(&program, &path, "VOICE_CALL", json!({}));
    let end = node(&program, &path, "DROPPED", json!({}));
    for label in [json!("BUSY"), json!(null)] {
        let input = json!({ "from_node_id": call, "to_node_id": end, "label": label });
        program.post(&format!("{path}/edges"), &input).of(201);
        program.post(&format!("{path}/edges"), &input).is_error(
            409,
            "Conflict",
            "There is already an edge with the same from, to and label",
        );
    }
    let blank = json!({ "from_node_id": call, "to_node_id": end, "label": " " });
    assert_eq!(program.post(&format!("{path}/edges"), &blank).status, 409);
}

#[test]
fn an_edge_says_what_is_wrong_with_it() {
    let app = TestApp::start();
    let firm = app.firm("Acme");
    let program = firm.program();
    let path = draft(&program);
    let call = node(&program, &path, "VOICE_CALL", json!({}));
    for (body, message) in [
        (json!({ "to_node_id": call }), "from_node_id is required"),
        (
            json!({ "from_node_id": "x", "to_node_id": call }),
            "from_node_id must be a UUID",
        ),
        (
            json!({ "from_node_id": call, "to_node_id": Uuid::now_v7() }),
            "to_node_id is not a node of this workflow",
        ),
        (
            json!({ "from_node_id": call, "to_node_id": call, "label": 7 }),
            "label must be a string",
        ),
        (
            json!({ "from_node_id": call, "to_node_id": call, "label": "x".repeat(101) }),
            "label must be at most 100 characters long",
        ),
    ] {
        program
            .post(&format!("{path}/edges"), &body)
            .is_error(400, "Validation error", message);
    }
    assert_eq!(program.get(&path).of(200)["edge_count"], 0);
}
