//! What keeps a graph from being run, and what people should know before it is. Pure: what it
//! needs to know of the account is handed in.

mod cycles;
#[cfg(test)]
mod examples;
mod labels;
mod load;
#[cfg(test)]
mod properties;
mod steps;
mod surroundings;

use std::collections::HashSet;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::graph::{Graph, Node};
use super::workflow;
use crate::caller::{Caller, Permission};
use crate::error::Result;

pub use steps::{MERGE_FIELDS, is_merge_field};
pub use surroundings::Surroundings;
pub(super) use surroundings::surroundings;

/// Something that is wrong, or that people should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The node it is about; none when it is about the workflow.
    pub node_id: Option<Uuid>,
    /// What it is, and what to do.
    pub sentence: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What keeps the workflow from being run.
    pub faults: Vec<Fault>,
    /// What people should know.
    pub warnings: Vec<Fault>,
}

impl Checked {
    /// Every fault in one sentence.
    pub fn sentence(&self) -> String {
        let sentences = self.faults.iter().map(|fault| fault.sentence.as_str());
        sentences.collect::<Vec<_>>().join("; ")
    }

    fn fault(&mut self, node: Option<&Node>, sentence: String) {
        self.faults.push(about(node, sentence));
    }

    fn warn(&mut self, node: Option<&Node>, sentence: String) {
        self.warnings.push(about(node, sentence));
    }
}

fn about(node: Option<&Node>, sentence: String) -> Fault {
    Fault {
        node_id: node.map(|node| node.id),
        sentence,
    }
}

/// Checks the nodes and edges of a workflow as they are edited.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn checked(conn: &mut PgConnection, caller: &Caller, workflow_id: Uuid) -> Result<Checked> {
    caller.require(Permission::ReadWorkflows)?;
    let workflow = workflow::load(conn, caller, workflow_id)?;
    let graph = super::graph::graph(conn, caller, workflow_id)?;
    let surroundings = surroundings(conn, caller, &workflow)?;
    Ok(check(&graph, &surroundings))
}

/// Checks a graph: its shape first, then node by node from the top down, then what follows from
/// the leads and people it is for.
pub fn check(graph: &Graph, surroundings: &Surroundings) -> Checked {
    let mut found = Checked::default();
    if graph.nodes.is_empty() {
        found.fault(None, "The workflow has no steps yet".to_owned());
        return found;
    }
    reach(graph, &mut found);
    cycles::check(graph, &mut found);
    for node in &graph.nodes {
        steps::check(graph, node, surroundings, &mut found);
        labels::check(graph, node, &mut found);
    }
    load::check(graph, surroundings, &mut found);
    found
}

/// Whether leads can come in, and to every node.
fn reach(graph: &Graph, found: &mut Checked) {
    let Some(entry) = graph.entry() else {
        let sentence = "There is no way in: every step has another one that leads to it";
        return found.fault(None, sentence.to_owned());
    };
    let reached = reached_from(graph, entry.id, |_| true);
    let entries: HashSet<Uuid> = graph.entries().map(|node| node.id).collect();
    for node in &graph.nodes {
        if node.id == entry.id || reached.contains(&node.id) {
            continue;
        }
        let sentence = match entries.contains(&node.id) {
            true => format!(
                "“{}” can't be reached: no step leads to it, and leads come in at “{}” alone",
                node.label, entry.label
            ),
            false => format!("“{}” can't be reached from “{}”", node.label, entry.label),
        };
        found.fault(Some(node), sentence);
    }
}

/// The nodes that edges lead to from `start`, over nodes that `may_pass` lets through; `start`
/// itself only when a way leads back to it.
fn reached_from(graph: &Graph, start: Uuid, may_pass: impl Fn(&Node) -> bool) -> HashSet<Uuid> {
    let mut reached = HashSet::new();
    let mut from = vec![start];
    while let Some(id) = from.pop() {
        for edge in graph.out_of(id) {
            let Some(next) = graph.node(edge.to_node_id) else {
                continue;
            };
            if may_pass(next) && reached.insert(next.id) {
                from.push(next.id);
            }
        }
    }
    reached
}
