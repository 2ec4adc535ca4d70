//! Graphs and places for the tests of decisions.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::graph::{Edge, Graph, Node};
use super::super::words::NodeType;
use super::*;
use crate::hours::ContactHours;

pub fn id(at: usize) -> Uuid {
    Uuid::from_u128(at as u128 + 1)
}

pub fn graph(nodes: &[(NodeType, Value)], edges: &[(usize, usize, Option<&str>)]) -> Graph {
    let nodes = nodes
        .iter()
        .enumerate()
        .map(|(at, (node_type, config))| Node {
            id: id(at),
            workflow_id: Uuid::nil(),
            node_type: *node_type,
            label: format!("step {at}"),
            position_x: 0.0,
            position_y: at as f64,
            config: config.clone(),
            step_number: None,
        });
    let edges = edges
        .iter()
        .enumerate()
        .map(|(at, (from, to, label))| Edge {
            id: Uuid::from_u128(at as u128),
            workflow_id: Uuid::nil(),
            from_node_id: id(*from),
            to_node_id: id(*to),
            label: label.map(str::to_owned),
        });
    Graph {
        nodes: nodes.collect(),
        edges: edges.collect(),
    }
}

/// Call (3 tries, 4 hours apart), a day, SMS, two working days, call, given up; won when interested.
pub fn cadence() -> Graph {
    use NodeType::*;
    graph(
        &[
            (
                VoiceCall,
                json!({"max_attempts": 3, "retry_after_minutes": 240}),
            ),
            (Time, json!({"delay_hours": 24})),
            (Sms, json!({"text": "Hi"})),
            (Time, json!({"value": 2, "unit": "business_days"})),
            (VoiceCall, json!({})),
            (Dropped, json!({})),
            (Converted, json!({"status_key": "qualified"})),
        ],
        &[
            (0, 6, Some("INTERESTED")),
            (0, 1, None),
            (1, 2, None),
            (2, 3, None),
            (3, 4, None),
            (4, 6, Some("INTERESTED")),
            (4, 5, None),
        ],
    )
}

pub fn santiago<'a>(now: &str, hours: &'a ContactHours) -> Moment<'a> {
    Moment {
        now: now.parse().unwrap(),
        zone: chrono_tz::America::Santiago,
        hours,
    }
}

pub fn at(graph: &Graph, node: usize, attempt: i32) -> Place<'_> {
    Place {
        graph,
        node: graph.node(id(node)).unwrap(),
        attempt,
    }
}

pub fn step(next: Next) -> Landing {
    match next {
        Next::Step(landing) => landing,
        other => panic!("{other:?}"),
    }
}
