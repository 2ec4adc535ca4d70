//! Putting a step into the list.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::lines::first;
use super::{add_edge, end, follow, found, on_line, plain_label, whole};
use crate::error::{Error, Result};
use crate::workflows::graph::{Edge, Graph, Node};
use crate::workflows::words::NodeType;

/// Where a step is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    Top,
    /// Before a node, on every way that leads to it.
    Before(Uuid),
    /// After a step, before what follows it.
    After(Uuid),
    /// Where an outcome of a step leads, before what it leads to now.
    Branch(Uuid, String),
}

/// Puts a step into the list. What led past its place now leads to it, and it leads on to what
/// came there; when nothing did, to an end. A call gets the branches of a call: interested leads
/// are won, those that refuse are given up.
///
/// # Errors
/// [`Error::NotFound`] when the place is none of this graph; [`Error::Conflict`] when the node is
/// an end, which only branches can lead to, or can't be the first step.
pub fn insert(graph: &mut Graph, place: &Place, node: Node, now: DateTime<Utc>) -> Result<()> {
    if node.node_type.is_terminal() {
        let sentence = "An end has no place among the steps. Lead a branch to it instead.";
        return Err(Error::Conflict(sentence.to_owned()));
    }
    let (id, node_type, workflow_id) = (node.id, node.node_type, node.workflow_id);
    whole(graph, |graph| {
        let after = past(graph, place)?;
        graph.nodes.push(node);
        let after = after.unwrap_or_else(|| end(graph, NodeType::Dropped, workflow_id, now));
        lead_in(graph, place, id, after, now);
        for (label, ending) in branches_of(node_type) {
            let to = match ending {
                Some(ending) => end(graph, *ending, workflow_id, now),
                None => after,
            };
            add_edge(graph, id, to, label.map(str::to_owned), now);
        }
        Ok(())
    })
}

/// The branches a new step has; those without an end lead on.
fn branches_of(node_type: NodeType) -> &'static [(Option<&'static str>, Option<NodeType>)] {
    match node_type {
        NodeType::VoiceCall => &[
            (Some("INTERESTED"), Some(NodeType::Converted)),
            (Some("NOT_INTERESTED"), Some(NodeType::Dropped)),
            (Some("DO_NOT_CALL"), Some(NodeType::Dropped)),
            (None, None),
        ],
        NodeType::Conditional => &[(Some("true"), None), (Some("false"), None)],
        NodeType::Application => &[(Some("success"), None), (Some("failure"), None)],
        _ => &[(None, None)],
    }
}

/// What comes at a place now.
fn past(graph: &Graph, place: &Place) -> Result<Option<Uuid>> {
    Ok(match place {
        Place::Top => first(graph).map(|node| node.id),
        Place::Before(id) => Some(found(graph, *id)?.id),
        Place::After(id) => follow(graph, step(graph, *id)?),
        Place::Branch(id, outcome) => {
            let step = step(graph, *id)?;
            graph.next(step.id, outcome).map(|node| node.id)
        }
    })
}

fn step(graph: &Graph, id: Uuid) -> Result<&Node> {
    let node = found(graph, id)?;
    if node.node_type.is_terminal() {
        return Err(Error::Conflict("Nothing comes after an end.".to_owned()));
    }
    Ok(node)
}

/// Leads to `to` what led to `after` at a place.
fn lead_in(graph: &mut Graph, place: &Place, to: Uuid, after: Uuid, now: DateTime<Utc>) {
    let on_line = on_line(graph);
    let here = |edge: &Edge| match place {
        Place::Top => false,
        Place::Before(id) => edge.to_node_id == *id,
        Place::After(from) => {
            edge.from_node_id == *from && edge.to_node_id == after && on_line.contains(&edge.id)
        }
        Place::Branch(from, outcome) => {
            edge.from_node_id == *from && edge.label.as_ref() == Some(outcome)
        }
    };
    let mut led = false;
    for edge in graph.edges.iter_mut().filter(|edge| here(edge)) {
        edge.to_node_id = to;
        led = true;
    }
    match place {
        Place::After(from) if !led => {
            let node_type = graph.node(*from).map(|node| node.node_type);
            add_edge(graph, *from, to, node_type.and_then(plain_label), now);
        }
        Place::Branch(from, outcome) if !led => {
            add_edge(graph, *from, to, Some(outcome.clone()), now);
        }
        _ => {}
    }
}
