//! Circles that a lead would run through without end and without rest.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Checked, reached_from};
use crate::workflows::{Graph, Node, NodeType};

/// One fault for each circle without a wait in it.
pub(super) fn check(graph: &Graph, found: &mut Checked) {
    let runs = |node: &Node| node.node_type != NodeType::Time && !node.node_type.is_terminal();
    let reached: HashMap<Uuid, HashSet<Uuid>> = graph
        .nodes
        .iter()
        .filter(|node| runs(node))
        .map(|node| (node.id, reached_from(graph, node.id, runs)))
        .collect();
    let leads = |from: Uuid, to: Uuid| reached.get(&from).is_some_and(|far| far.contains(&to));
    let mut told = HashSet::new();
    for node in &graph.nodes {
        if !leads(node.id, node.id) || told.contains(&node.id) {
            continue;
        }
        let circle = graph
            .nodes
            .iter()
            .filter(|other| leads(node.id, other.id) && leads(other.id, node.id));
        let mut labels = Vec::new();
        for other in circle {
            told.insert(other.id);
            labels.push(format!("“{}”", other.label));
        }
        let sentence = match labels.as_slice() {
            [label] => format!("{label} leads back to itself without a wait"),
            labels => format!("{} lead in a circle without a wait", labels.join(", ")),
        };
        found.fault(Some(node), sentence);
    }
}
