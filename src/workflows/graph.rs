//! The graph of a workflow: nodes, edges, and the way a lead takes through them.

use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::words::NodeType;
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_edges, workflow_nodes};
use crate::error::Result;

/// A step of a workflow.
#[derive(Debug, Clone, PartialEq, HasQuery, Serialize, Deserialize)]
#[diesel(table_name = workflow_nodes)]
pub struct Node {
    /// Its id.
    pub id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// What it does.
    pub node_type: NodeType,
    /// What people call it.
    pub label: String,
    /// Where it stands on a canvas, from the left.
    pub position_x: f64,
    /// Where it stands on a canvas, from the top.
    pub position_y: f64,
    /// How it does it; contract §3 says what stands in it for each type.
    pub config: Value,
    /// Its place among the outreach steps of [`Graph::path`], from 1.
    pub step_number: Option<i32>,
}

impl Node {
    /// How often it is tried at most (contract §3: 1 to 10, 1 when nothing is said).
    pub fn max_attempts(&self) -> i32 {
        let said = self.config.get("max_attempts").and_then(Value::as_i64);
        said.map_or(1, |attempts| {
            i32::try_from(attempts.clamp(1, 10)).unwrap_or(1)
        })
    }
}

/// A way from one node to another of the same workflow.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery, Serialize, Deserialize)]
#[diesel(table_name = workflow_edges)]
pub struct Edge {
    /// Its id.
    pub id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// Where it starts.
    pub from_node_id: Uuid,
    /// Where it leads.
    pub to_node_id: Uuid,
    /// The outcome that takes it; none takes every outcome.
    pub label: Option<String>,
}

/// The nodes of one workflow from the top down, and its edges in the order they are tried. A
/// version keeps it as a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

impl Graph {
    /// A node by its id.
    pub fn node(&self, id: Uuid) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The nodes that no edge leads to.
    pub fn entries(&self) -> impl Iterator<Item = &Node> {
        let reached: HashSet<Uuid> = self.edges.iter().map(|edge| edge.to_node_id).collect();
        self.nodes
            .iter()
            .filter(move |node| !reached.contains(&node.id))
    }

    /// Where leads come in: the first node that no edge leads to.
    pub fn entry(&self) -> Option<&Node> {
        self.entries().next()
    }

    /// The edges out of a node, in the order they are tried.
    pub fn out_of(&self, node: Uuid) -> impl Iterator<Item = &Edge> {
        self.edges
            .iter()
            .filter(move |edge| edge.from_node_id == node)
    }

    /// Where an outcome leads (contract §3): the first edge whose label is the outcome, or that
    /// has none.
    pub fn next(&self, node: Uuid, outcome: &str) -> Option<&Node> {
        let edge = self
            .out_of(node)
            .find(|edge| edge.label.as_deref().is_none_or(|label| label == outcome))?;
        self.node(edge.to_node_id)
    }

    /// The way of a lead that never answers, from `start` on, each node once.
    pub fn path_from<'a>(&'a self, start: &'a Node) -> Vec<&'a Node> {
        let (mut path, mut seen) = (Vec::new(), HashSet::new());
        let mut at = Some(start);
        while let Some(node) = at.filter(|node| seen.insert(node.id)) {
            path.push(node);
            at = self.next(node.id, silence(node.node_type));
        }
        path
    }

    /// The way of a lead that never answers, from the entry on. Its outreach nodes are the steps
    /// of the cadence (contract §3).
    pub fn path(&self) -> Vec<&Node> {
        self.entry()
            .map_or_else(Vec::new, |entry| self.path_from(entry))
    }

    /// The number that each call step names to call from; none when it takes any.
    pub fn callers(&self) -> impl Iterator<Item = Option<&str>> {
        let calls = self.nodes.iter();
        let calls = calls.filter(|node| node.node_type == NodeType::VoiceCall);
        calls.map(|node| {
            let named = node.config.get("from_phone_number")?.as_str()?;
            Some(named).filter(|named| !named.trim().is_empty())
        })
    }

    /// Whether a lead may be called on its way.
    pub fn has_calls(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| node.node_type == NodeType::VoiceCall)
    }

    /// The nodes as they stand with their place among the outreach steps written on them; how
    /// many steps there are.
    pub(super) fn number_steps(&mut self) -> i32 {
        let steps: Vec<Uuid> = self
            .path()
            .into_iter()
            .filter(|node| node.node_type.channel().is_some())
            .map(|node| node.id)
            .collect();
        for node in &mut self.nodes {
            node.step_number = (1..)
                .zip(&steps)
                .find(|(_, id)| **id == node.id)
                .map(|(number, _)| number);
        }
        i32::try_from(steps.len()).unwrap_or(i32::MAX)
    }
}

/// What a node of this type says when the lead does not.
pub(super) fn silence(node_type: NodeType) -> &'static str {
    match node_type {
        NodeType::VoiceCall => "NO_ANSWER",
        NodeType::Sms | NodeType::Whatsapp | NodeType::Email => "COMPLETED",
        NodeType::Conditional => "false",
        NodeType::Application => "success",
        NodeType::Time | NodeType::Converted | NodeType::Dropped => "",
    }
}

/// The graphs of some of the account's workflows, in the order of `ids`, in two queries.
pub(super) fn load(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Graph)>> {
    let nodes = Node::query()
        .filter(workflow_nodes::account_id.eq(caller.account.id))
        .filter(workflow_nodes::workflow_id.eq_any(ids))
        .filter(workflow_nodes::deleted_at.is_null())
        .order((
            workflow_nodes::position_y,
            workflow_nodes::position_x,
            workflow_nodes::id,
        ))
        .load(conn)?;
    let edges = Edge::query()
        .filter(workflow_edges::account_id.eq(caller.account.id))
        .filter(workflow_edges::workflow_id.eq_any(ids))
        .order((workflow_edges::position, workflow_edges::id))
        .load(conn)?;
    let of = |id: &Uuid| Graph {
        nodes: nodes
            .iter()
            .filter(|node| node.workflow_id == *id)
            .cloned()
            .collect(),
        edges: edges
            .iter()
            .filter(|edge| edge.workflow_id == *id)
            .cloned()
            .collect(),
    };
    Ok(ids.iter().map(|id| (*id, of(id))).collect())
}

/// The graph of a workflow the caller has been shown, as it is edited.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn graph(conn: &mut PgConnection, caller: &Caller, workflow_id: Uuid) -> Result<Graph> {
    caller.require(Permission::ReadWorkflows)?;
    let mut graphs = load(conn, caller, &[workflow_id])?;
    Ok(graphs.pop().map(|(_, graph)| graph).unwrap_or_default())
}

#[cfg(test)]
mod tests;
