//! Where the outcomes of a step lead.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::lines::first;
use super::{add_edge, begins_with, drop_ends, found, new_end, whole};
use crate::error::{Error, Noun, Result};
use crate::workflows::graph::{Graph, Node};
use crate::workflows::words::NodeType;

/// Where one outcome leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The outcome; none stands for every other one.
    pub outcome: Option<String>,
    /// Where it leads.
    pub target: Target,
}

/// Where an outcome can lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Where every other outcome leads.
    Rest,
    /// To a node of the same graph.
    Node(Uuid),
    /// To an end that is yet to be made.
    NewEnd(NodeType),
}

/// The outcomes a node can have, each with where it leads, the one for every other last. Outcomes
/// of its edges that its type does not know stand with the others.
pub fn branches(graph: &Graph, node: &Node) -> Vec<Branch> {
    let edges = || graph.out_of(node.id);
    let mut outcomes: Vec<&str> = outcomes(node).to_vec();
    for label in edges().filter_map(|edge| edge.label.as_deref()) {
        if !outcomes.contains(&label) {
            outcomes.push(label);
        }
    }
    let answers_always = matches!(outcomes[..], ["true", "false"] | ["success", "failure"]);
    let rest = !answers_always || edges().any(|edge| edge.label.is_none());
    let target = |label: Option<&str>| {
        let edge = edges().find(|edge| edge.label.as_deref() == label);
        edge.map_or(Target::Rest, |edge| Target::Node(edge.to_node_id))
    };
    let labels = outcomes.iter().copied().map(Some);
    labels
        .chain(rest.then_some(None))
        .map(|label| Branch {
            outcome: label.map(str::to_owned),
            target: target(label),
        })
        .collect()
}

/// The outcomes of a node by its type (contract §3). One that sorts by the values of a field has
/// those of its edges.
fn outcomes(node: &Node) -> &'static [&'static str] {
    match node.node_type {
        NodeType::VoiceCall => &[
            "INTERESTED",
            "NOT_INTERESTED",
            "CALL_BACK",
            "COMPLETED",
            "NO_ANSWER",
            "BUSY",
            "VOICEMAIL",
            "WRONG_NUMBER",
            "DO_NOT_CALL",
            "FAILED",
        ],
        NodeType::Sms | NodeType::Whatsapp | NodeType::Email => &["REPLIED", "COMPLETED", "FAILED"],
        NodeType::Conditional if node.config.get("condition_field").is_some() => &[],
        NodeType::Conditional => &["true", "false"],
        NodeType::Application => &["success", "failure"],
        NodeType::Time | NodeType::Converted | NodeType::Dropped => &[],
    }
}

/// Leads outcomes of a node elsewhere; outcomes that are not named stay. An end goes with the
/// last branch that led to it.
///
/// # Errors
/// [`Error::NotFound`] when the node, or one it is to lead to, is none of this graph;
/// [`Error::Conflict`] when it would lead back to the first step or to itself.
pub fn lead(graph: &mut Graph, node: Uuid, branches: &[Branch], now: DateTime<Utc>) -> Result<()> {
    found(graph, node)?;
    whole(graph, |graph| {
        let entry = first(graph).map(|first| first.id);
        let before: Vec<Uuid> = graph.out_of(node).map(|edge| edge.to_node_id).collect();
        for branch in branches {
            let to = aimed(graph, node, branch.target, now)?;
            set(graph, node, branch.outcome.as_deref(), to, now);
        }
        drop_ends(graph, &before);
        entry.map_or(Ok(()), |entry| begins_with(graph, entry))
    })
}

/// The node a branch is to lead to; an end that is yet to be made is made.
fn aimed(
    graph: &mut Graph,
    node: Uuid,
    target: Target,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>> {
    match target {
        Target::Rest => Ok(None),
        Target::Node(id) if id == node => Err(Error::Conflict(
            "A step can’t lead to itself. Give it more attempts instead.".to_owned(),
        )),
        Target::Node(id) => Ok(Some(found(graph, id)?.id)),
        Target::NewEnd(kind) if kind.is_terminal() => {
            let workflow_id = found(graph, node)?.workflow_id;
            Ok(Some(new_end(graph, kind, workflow_id, now)))
        }
        Target::NewEnd(_) => Err(Error::NotFound(Noun::Node)),
    }
}

/// The edge for every other outcome is led elsewhere but never taken away.
fn set(graph: &mut Graph, node: Uuid, outcome: Option<&str>, to: Option<Uuid>, now: DateTime<Utc>) {
    let mut edges = graph.edges.iter();
    let known =
        edges.position(|edge| edge.from_node_id == node && edge.label.as_deref() == outcome);
    match (known, to) {
        (Some(at), Some(to)) => graph.edges[at].to_node_id = to,
        (None, Some(to)) => add_edge(graph, node, to, outcome.map(str::to_owned), now),
        (Some(at), None) if outcome.is_some() => {
            graph.edges.remove(at);
        }
        _ => {}
    }
}
