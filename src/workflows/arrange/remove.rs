//! Taking a step out of the list.

use uuid::Uuid;

use super::lines::first;
use super::{begins_with, drop_ends, follow, found, whole};
use crate::error::{Error, Result};
use crate::workflows::graph::Graph;

/// Takes a node out; what led to it now leads to what followed it. Ends that only this node led
/// to go with it.
///
/// # Errors
/// [`Error::NotFound`] when the node is none of this graph; [`Error::Conflict`] when it is an end
/// that branches still lead to, or when what follows can't be the first step.
pub fn remove(graph: &mut Graph, node: Uuid) -> Result<()> {
    let gone = found(graph, node)?;
    let leads_here = graph.edges.iter().filter(|edge| edge.to_node_id == node);
    if gone.node_type.is_terminal() && leads_here.count() > 0 {
        return Err(Error::Conflict(format!(
            "Branches still lead to “{}”. Lead them elsewhere first.",
            gone.label
        )));
    }
    let after = follow(graph, gone).filter(|after| *after != node);
    let was_first = first(graph).is_some_and(|first| first.id == node);
    whole(graph, |graph| {
        let before: Vec<Uuid> = graph.out_of(node).map(|edge| edge.to_node_id).collect();
        graph.edges.retain_mut(|edge| {
            if edge.to_node_id == node {
                edge.to_node_id = after.unwrap_or(node);
            }
            edge.from_node_id != node && edge.to_node_id != node
        });
        graph.nodes.retain(|one| one.id != node);
        drop_ends(graph, &before);
        let next = after.and_then(|after| graph.node(after));
        match next.filter(|next| was_first && !next.node_type.is_terminal()) {
            Some(next) => begins_with(graph, next.id),
            None => Ok(()),
        }
    })
}
