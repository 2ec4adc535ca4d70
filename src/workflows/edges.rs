//! Adding and taking out edges.

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::edit::edit;
use super::graph::Edge;
use crate::caller::Caller;
use crate::error::{Error, Noun, Result};
use crate::{ids, text};

/// An edge to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeInput {
    /// Where it starts.
    pub from_node_id: Uuid,
    /// Where it leads.
    pub to_node_id: Uuid,
    /// The outcome that takes it; none takes every outcome.
    pub label: Option<String>,
}

/// Adds an edge, which is tried after the others of its node.
///
/// # Errors
/// As [`edit`].
pub fn add_edge(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    input: EdgeInput,
) -> Result<Edge> {
    let edge = Edge {
        id: ids::new(caller.now),
        workflow_id,
        from_node_id: input.from_node_id,
        to_node_id: input.to_node_id,
        label: text::clean(input.label),
    };
    edit(conn, caller, workflow_id, |graph| {
        graph.edges.push(edge.clone());
        Ok(edge)
    })
}

/// Takes an edge out.
///
/// # Errors
/// As [`edit`]; [`Error::NotFound`] when the workflow has no such edge.
pub fn delete_edge(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
) -> Result<()> {
    edit(conn, caller, workflow_id, |graph| {
        let before = graph.edges.len();
        graph.edges.retain(|edge| edge.id != id);
        match graph.edges.len() < before {
            true => Ok(()),
            false => Err(Error::NotFound(Noun::Edge)),
        }
    })
}
