//! Adding, changing and taking out nodes.

use diesel::pg::PgConnection;
use serde_json::Value;
use uuid::Uuid;

use super::create::NODE_HEIGHT;
use super::edit::edit;
use super::graph::{Graph, Node};
use super::words::NodeType;
use crate::caller::Caller;
use crate::error::{Error, Noun, Result};
use crate::ids;

/// A node to be added.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeInput {
    /// What it does.
    pub node_type: NodeType,
    /// What people call it; without one it is called by its type.
    pub label: Option<String>,
    /// Where it stands on a canvas, from the left.
    pub position_x: Option<f64>,
    /// From the top; without it, it stands below the others.
    pub position_y: Option<f64>,
    /// How it does it.
    pub config: Value,
}

/// What is to become of a node; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NodeChanges {
    /// What it does, which can't change.
    pub node_type: Option<NodeType>,
    /// What people call it.
    pub label: Option<String>,
    /// Where it stands on a canvas, from the left.
    pub position_x: Option<f64>,
    /// From the top.
    pub position_y: Option<f64>,
    /// How it does it, in the place of all that was said before.
    pub config: Option<Value>,
}

/// Adds a node, which no edge leads to yet.
///
/// # Errors
/// As [`edit`].
pub fn add_node(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    input: NodeInput,
) -> Result<Node> {
    let id = ids::new(caller.now);
    edit(conn, caller, workflow_id, |graph| {
        let lowest = graph.nodes.iter().map(|node| node.position_y);
        let below = lowest
            .reduce(f64::max)
            .map_or(0.0, |lowest| lowest + NODE_HEIGHT);
        let called = || input.node_type.name().to_owned();
        graph.nodes.push(Node {
            id,
            workflow_id,
            node_type: input.node_type,
            label: input.label.unwrap_or_else(called),
            position_x: input.position_x.unwrap_or(0.0),
            position_y: input.position_y.unwrap_or(below),
            config: input.config,
            step_number: None,
        });
        Ok(())
    })?;
    found(conn, caller, workflow_id, id)
}

/// Changes a node.
///
/// # Errors
/// As [`edit`]; [`Error::NotFound`] when the workflow has no such node.
pub fn update_node(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
    changes: NodeChanges,
) -> Result<Node> {
    edit(conn, caller, workflow_id, |graph| {
        let node = graph.nodes.iter_mut().find(|node| node.id == id);
        let node = node.ok_or(Error::NotFound(Noun::Node))?;
        node.node_type = changes.node_type.unwrap_or(node.node_type);
        node.position_x = changes.position_x.unwrap_or(node.position_x);
        node.position_y = changes.position_y.unwrap_or(node.position_y);
        if let Some(label) = changes.label {
            node.label = label;
        }
        if let Some(config) = changes.config {
            node.config = config;
        }
        Ok(())
    })?;
    found(conn, caller, workflow_id, id)
}

/// Takes a node out, and its edges with it. Leads that are at it keep to their version.
///
/// # Errors
/// As [`edit`]; [`Error::NotFound`] when the workflow has no such node; [`Error::Conflict`] when
/// it is the only way in and there are others.
pub fn delete_node(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
) -> Result<()> {
    edit(conn, caller, workflow_id, |graph| {
        if graph.node(id).is_none() {
            return Err(Error::NotFound(Noun::Node));
        }
        if graph.nodes.len() > 1 && is_only_entry(graph, id) {
            let sentence = "This step is the only way into the workflow; \
                            add another step that leads to the rest first";
            return Err(Error::Conflict(sentence.to_owned()));
        }
        graph.nodes.retain(|node| node.id != id);
        Ok(())
    })
}

fn is_only_entry(graph: &Graph, id: Uuid) -> bool {
    let mut entries = graph.entries();
    entries.next().is_some_and(|node| node.id == id) && entries.next().is_none()
}

fn found(conn: &mut PgConnection, caller: &Caller, workflow_id: Uuid, id: Uuid) -> Result<Node> {
    let graph = super::graph::load(conn, caller, &[workflow_id])?.pop();
    let node = graph.and_then(|(_, graph)| graph.nodes.into_iter().find(|node| node.id == id));
    node.ok_or(Error::NotFound(Noun::Node))
}
