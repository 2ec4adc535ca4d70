//! Moving a step up and down its line.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{add_edge, begins_with, found, lines, on_line, plain_label, whole};
use crate::db::text_enum;
use crate::error::{Error, Noun, Result};
use crate::workflows::graph::{Graph, Node};
use crate::workflows::words::NodeType;

text_enum! {
    /// Which way a step moves.
    pub enum Way {
        /// Before the step before it.
        Up = "up",
        /// After the step after it.
        Down = "down",
    }
}

/// Changes places with the step before or after on the same line; the waits between them stay
/// where they are. A wait changes places with its neighbour. Nothing happens at the end of a
/// line.
///
/// # Errors
/// [`Error::NotFound`] when the node is no step of this graph; [`Error::Conflict`] when a step
/// that others lead back to would become the first.
pub fn shift(graph: &mut Graph, node: Uuid, way: Way, now: DateTime<Utc>) -> Result<()> {
    found(graph, node)?;
    whole(graph, |graph| {
        let list = lines(graph);
        let line = list.of(node).ok_or(Error::NotFound(Noun::Node))?;
        let old: Vec<Uuid> = line.nodes.iter().map(|node| node.id).collect();
        let Some(new) = swapped(&line.nodes, node, way) else {
            return Ok(());
        };
        let (is_first, then) = (line.nodes.first() == list.lines[0].nodes.first(), line.then);
        let then = then.map(|node| node.id);
        rearrange(graph, &old, &new, then, now);
        match new.first().filter(|_| is_first) {
            Some(first) => begins_with(graph, *first),
            None => Ok(()),
        }
    })
}

/// The line with the node in its neighbour's place; nothing when it has no neighbour there.
fn swapped(line: &[&Node], node: Uuid, way: Way) -> Option<Vec<Uuid>> {
    let at = line.iter().position(|one| one.id == node)?;
    let any = line[at].node_type == NodeType::Time;
    let is_partner = |place: &usize| any || line[*place].node_type != NodeType::Time;
    let partner = match way {
        Way::Up => (0..at).rev().find(is_partner),
        Way::Down => (at + 1..line.len()).find(is_partner),
    }?;
    let mut new: Vec<Uuid> = line.iter().map(|node| node.id).collect();
    new.swap(at, partner);
    Some(new)
}

/// Leads the edges of a line through its nodes in a new order. Branches stay with their steps;
/// one that led forward and would lead back leads on instead.
fn rearrange(
    graph: &mut Graph,
    old: &[Uuid],
    new: &[Uuid],
    then: Option<Uuid>,
    now: DateTime<Utc>,
) {
    let place = |line: &[Uuid], id: Uuid| line.iter().position(|one| *one == id);
    let next = |line: &[Uuid], id: Uuid| line.get(place(line, id)? + 1).copied().or(then);
    let on_line = on_line(graph);
    graph.edges.retain_mut(|edge| {
        let (from, to) = (edge.from_node_id, edge.to_node_id);
        if place(old, from).is_none() {
            if old.first() == Some(&to) {
                edge.to_node_id = new[0];
            }
            return true;
        }
        let forward = |line| place(line, from) < place(line, to);
        let turns = place(old, to).is_some() && forward(old) && !forward(new);
        let leads_on = next(old, from) == Some(to) && on_line.contains(&edge.id);
        if !leads_on && !turns {
            return true;
        }
        next(new, from).map(|to| edge.to_node_id = to).is_some()
    });
    // The last of a line that led nowhere now leads on.
    if let (None, Some(last)) = (then, old.last()) {
        let label = graph
            .node(*last)
            .and_then(|node| plain_label(node.node_type));
        if let Some(to) = next(new, *last) {
            add_edge(graph, *last, to, label, now);
        }
    }
}
