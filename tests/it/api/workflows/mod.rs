//! Workflows (contract §3): shown, made, edited, and led through their life.

mod create;
mod edges;
mod lifecycle;
mod nodes;
mod runs;
mod show;
mod statuses;

use serde_json::{Value, json};

use crate::app::WithKey;

/// A draft of the program's account; its path.
fn draft(program: &WithKey) -> String {
    let made = program.post("/workflows", &json!({ "name": "Outreach" }));
    format!("/workflows/{}", text(&made.of(201), "id"))
}

/// Adds a node; its id.
fn node(program: &WithKey, workflow: &str, node_type: &str, config: Value) -> String {
    let node = json!({ "node_type": node_type, "label": node_type, "config": config });
    let made = program.post(&format!("{workflow}/nodes"), &node);
    text(&made.of(201), "id")
}

/// Adds an edge; its id.
fn edge(program: &WithKey, workflow: &str, from: &str, to: &str, label: Option<&str>) -> String {
    let edge = json!({ "from_node_id": from, "to_node_id": to, "label": label });
    let made = program.post(&format!("{workflow}/edges"), &edge);
    text(&made.of(201), "id")
}

/// A draft that may be activated: a call, a wait, a message, an end.
fn cadence(program: &WithKey) -> String {
    let workflow = draft(program);
    let nodes = [
        node(program, &workflow, "VOICE_CALL", json!({})),
        node(program, &workflow, "TIME", json!({ "delay_hours": 24 })),
        node(
            program,
            &workflow,
            "SMS",
            json!({ "text": "Hello {{first_name}}" }),
        ),
        node(program, &workflow, "DROPPED", json!({})),
    ];
    for ends in nodes.windows(2) {
        edge(program, &workflow, &ends[0], &ends[1], None);
    }
    workflow
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap().to_owned()
}
