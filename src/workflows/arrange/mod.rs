//! A graph as a list that people arrange: lines of steps from the top down, each with its
//! branches. What is done to the list here is done to the graph's nodes and edges; a change that
//! can't be drawn as a list is refused with a sentence, and the graph stays as it was.

mod branches;
mod insert;
mod lines;
mod remove;
mod shift;
#[cfg(test)]
mod tests;

pub use branches::{Branch, Target, branches, lead};
pub use insert::{Place, insert};
pub use lines::{Line, Lines, lines};
pub use remove::remove;
pub use shift::{Way, shift};

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::graph::{Edge, Graph, Node, silence};
use super::words::NodeType;
use crate::error::{Error, Noun, Result};
use crate::ids;

/// The room a node takes on a canvas, from one to the next.
const NODE_HEIGHT: f64 = 120.0;

/// Does `work` on the graph, whole or not at all, and gives each node its place from the top
/// down as the list has it.
fn whole(graph: &mut Graph, work: impl FnOnce(&mut Graph) -> Result<()>) -> Result<()> {
    let mut draft = graph.clone();
    work(&mut draft)?;
    let mut seen = HashSet::new();
    draft.edges.retain(|edge| {
        edge.from_node_id != edge.to_node_id
            && seen.insert((edge.from_node_id, edge.to_node_id, edge.label.clone()))
    });
    settle(&mut draft);
    *graph = draft;
    Ok(())
}

/// Nodes stand in the order of the list, ends last, so that the first that no edge leads to is
/// the first of the list.
fn settle(graph: &mut Graph) {
    let order: Vec<Uuid> = lines(graph).ids().collect();
    let place = |id: Uuid| order.iter().position(|one| *one == id);
    if graph.nodes.iter().is_sorted_by_key(|node| place(node.id))
        && graph
            .nodes
            .iter()
            .is_sorted_by(|a, b| a.position_y < b.position_y)
    {
        return;
    }
    graph.nodes.sort_by_key(|node| place(node.id));
    let tops = (0..).map(|row| f64::from(row) * NODE_HEIGHT);
    for (node, top) in graph.nodes.iter_mut().zip(tops) {
        node.position_y = top;
    }
}

/// Refuses a graph whose first step is not `first`: something leads back to it.
fn begins_with(graph: &Graph, first: Uuid) -> Result<()> {
    let Some(edge) = graph.edges.iter().find(|edge| edge.to_node_id == first) else {
        return Ok(());
    };
    let name = |id| graph.node(id).map_or("", |node| node.label.as_str());
    Err(Error::Conflict(format!(
        "“{}” can’t be the first step while “{}” leads back to it. Change that branch first.",
        name(first),
        name(edge.from_node_id)
    )))
}

/// Where a lead goes from a node when it says nothing.
fn follow(graph: &Graph, node: &Node) -> Option<Uuid> {
    graph
        .next(node.id, silence(node.node_type))
        .map(|node| node.id)
}

/// The edges that go along when what follows their node changes. An outcome of a call or message
/// that leads to an end means that end, also where the line happens to end there.
fn on_line(graph: &Graph) -> HashSet<Uuid> {
    let on_line = graph.edges.iter().filter(|edge| {
        let ends = |id| {
            graph
                .node(id)
                .is_some_and(|node| node.node_type.is_terminal())
        };
        let Some(from) = graph.node(edge.from_node_id) else {
            return false;
        };
        let silent = |label: &str| label == silence(from.node_type);
        let mut followed = graph.out_of(from.id);
        let followed = followed.find(|one| one.label.as_deref().is_none_or(silent));
        edge.label.is_none()
            || from.node_type.channel().is_none()
            || !ends(edge.to_node_id)
            || followed.is_some_and(|followed| followed.id == edge.id)
    });
    on_line.map(|edge| edge.id).collect()
}

/// The label of an edge that says where a node of this type leads when nothing else does.
fn plain_label(node_type: NodeType) -> Option<String> {
    match node_type {
        NodeType::Conditional | NodeType::Application => Some(silence(node_type).to_owned()),
        _ => None,
    }
}

fn found(graph: &Graph, id: Uuid) -> Result<&Node> {
    graph.node(id).ok_or(Error::NotFound(Noun::Node))
}

/// Adds an edge behind those of its node that have a label, in front of the one that takes
/// everything.
fn add_edge(graph: &mut Graph, from: Uuid, to: Uuid, label: Option<String>, now: DateTime<Utc>) {
    let Some(workflow_id) = graph.node(from).map(|node| node.workflow_id) else {
        return;
    };
    let edge = Edge {
        id: ids::new(now),
        workflow_id,
        from_node_id: from,
        to_node_id: to,
        label,
    };
    let rest = graph
        .edges
        .iter()
        .position(|one| one.from_node_id == from && one.label.is_none());
    match rest {
        Some(at) if edge.label.is_some() => graph.edges.insert(at, edge),
        _ => graph.edges.push(edge),
    }
}

/// The first end of a kind; one is made when there is none.
fn end(graph: &mut Graph, node_type: NodeType, workflow_id: Uuid, now: DateTime<Utc>) -> Uuid {
    let known = graph.nodes.iter().find(|node| node.node_type == node_type);
    if let Some(node) = known {
        return node.id;
    }
    new_end(graph, node_type, workflow_id, now)
}

fn new_end(graph: &mut Graph, node_type: NodeType, workflow_id: Uuid, now: DateTime<Utc>) -> Uuid {
    let label = match node_type {
        NodeType::Converted => "Won",
        _ => "Given up",
    };
    let node = Node {
        id: ids::new(now),
        workflow_id,
        node_type,
        label: label.to_owned(),
        position_x: 0.0,
        position_y: bottom(graph),
        config: json!({}),
        step_number: None,
    };
    let id = node.id;
    graph.nodes.push(node);
    id
}

fn bottom(graph: &Graph) -> f64 {
    let tops = graph.nodes.iter().map(|node| node.position_y);
    tops.reduce(f64::max).map_or(0.0, |top| top + NODE_HEIGHT)
}

/// Takes away the ends among `ends` that nothing leads to any more.
fn drop_ends(graph: &mut Graph, ends: &[Uuid]) {
    let reached: HashSet<Uuid> = graph.edges.iter().map(|edge| edge.to_node_id).collect();
    graph.nodes.retain(|node| {
        !node.node_type.is_terminal() || !ends.contains(&node.id) || reached.contains(&node.id)
    });
}
