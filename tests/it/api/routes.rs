//! The API's routes as the server lists them.

use leadline::routes::Route;
use leadline::server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Answer, WithKey};

/// Every call; paths begin after the prefix.
pub fn calls() -> Vec<Route> {
    let all = server::routes().filter_map(|route| {
        let path = route.path.strip_prefix("/api/public")?;
        Some(Route { path, ..*route })
    });
    let all: Vec<Route> = all.collect();
    assert!(all.len() > 10, "{all:?}");
    all
}

/// The path with this id, wherever one stands.
pub fn with(path: &str, id: &str) -> String {
    let names = ["{id}", "{status_id}", "{node_id}", "{edge_id}", "{run_id}"];
    let path = names
        .iter()
        .fold(path.to_owned(), |path, name| path.replace(name, id));
    assert!(!path.contains('{'), "say in this test what {path} is with");
    path
}

/// Makes a call with a body that suits most.
pub fn call(program: &WithKey, method: &str, path: &str) -> Answer {
    call_with(program, method, path, &body(method, path))
}

/// Makes a call, with this body where it has one.
pub fn call_with(program: &WithKey, method: &str, path: &str, body: &Value) -> Answer {
    match method {
        "GET" => program.get(path),
        "DELETE" => program.delete(path),
        _ => program.ask(method, path, Some(&body.to_string())),
    }
}

/// A body that suits a call.
fn body(method: &str, path: &str) -> Value {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match (method, parts.as_slice()) {
        (_, ["account"]) => json!({ "name": "Acme" }),
        (_, ["calling-numbers", ..]) => json!({ "phone_number": "+56225550199" }),
        (_, ["destinations", ..]) => json!({ "country": "CL" }),
        (_, ["lead-rotations", _, "status"]) => json!({ "status": "queued" }),
        (_, ["lead-rotations", _]) => json!({ "name": "North" }),
        (_, ["teams" | "lead-sources" | "lead-rotations", ..]) => json!({ "name": "Fair" }),
        (_, ["campaigns", ..] | ["workflows"] | ["workflows", _]) => json!({ "name": "Fair" }),
        ("POST", ["workflows", _, "statuses"]) => json!({ "key": "warm", "label": "Warm" }),
        ("POST", ["workflows", _, "nodes"]) => json!({ "node_type": "TIME" }),
        ("POST", ["workflows", _, "edges"]) => {
            json!({ "from_node_id": Uuid::nil(), "to_node_id": Uuid::nil() })
        }
        (_, ["leads", _, "assign-workflow"]) => json!({ "workflowId": Uuid::nil() }),
        (_, ["leads", _, "status"]) => json!({ "status_key": "engaged" }),
        (_, ["leads", _, "automation", _]) => json!({ "workflow_id": Uuid::nil() }),
        (_, ["workflows", _, "leads", _, "outcomes"]) => json!({ "outcome": "COMPLETED" }),
        ("POST", ["workflows", _, "leads"]) => json!({ "phone_number": "+12125550143" }),
        ("PATCH", ["workflows", _, _, _]) => json!({ "label": "Later" }),
        (_, ["workflows", ..]) => json!({}),
        _ => json!({ "first_name": "Ann" }),
    }
}
