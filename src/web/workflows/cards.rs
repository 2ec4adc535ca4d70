//! A workflow as a list from the top down: first the way of a lead that never answers, then what
//! lies beside it, then the ends.

use std::collections::HashMap;

use uuid::Uuid;

use super::words;
use crate::workflows::{Graph, Node, NodeType};

/// A step, a wait, a question or an end.
pub struct Card {
    /// Where links lead to it.
    pub anchor: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it does, in the words of contract §3.
    pub node_type: &'static str,
    /// What people call it.
    pub label: String,
    /// How it does it.
    pub says: String,
    /// The subject of what goes out.
    pub subject: String,
    /// The text that goes out, or that is said.
    pub text: String,
    /// Where outcomes lead, when there is more than one way.
    pub branches: Vec<Branch>,
    /// How many leads are here now.
    pub here: i64,
}

/// The kinds of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An outreach step with its number, if it has one.
    Step(Option<i32>),
    /// A wait.
    Wait,
    /// A question about what is known, or a word to another system.
    Question,
    /// An end.
    End,
}

/// Outcomes that lead to one place.
#[derive(Debug, PartialEq, Eq)]
pub struct Branch {
    /// The outcomes.
    pub when: String,
    /// What the place is called.
    pub then: String,
    /// The place's card.
    pub anchor: String,
    /// The waits on the way there.
    pub after: String,
}

/// The cards of a graph; `here` counts the leads at each node.
pub fn cards(graph: &Graph, here: &HashMap<Uuid, i64>) -> Vec<Card> {
    let mut order: Vec<&Node> = graph.path();
    let beside = graph
        .nodes
        .iter()
        .filter(|node| !order.iter().any(|known| known.id == node.id));
    let beside: Vec<&Node> = beside.collect();
    order.extend(beside);
    order.sort_by_key(|node| kind(node) == Kind::End);
    order
        .into_iter()
        .map(|node| card(graph, node, here.get(&node.id).copied().unwrap_or(0)))
        .collect()
}

fn card(graph: &Graph, node: &Node, here: i64) -> Card {
    let says = match kind(node) {
        Kind::Step(_) => words::attempts(node),
        Kind::Wait => words::wait(node),
        Kind::Question => words::question(node),
        Kind::End => String::new(),
    };
    let subject = node.config.get("subject").and_then(|text| text.as_str());
    Card {
        anchor: anchor(node),
        kind: kind(node),
        node_type: node.node_type.as_str(),
        label: node.label.clone(),
        says,
        subject: subject.unwrap_or_default().to_owned(),
        text: words::text(node).unwrap_or_default().to_owned(),
        branches: branches(graph, node),
        here,
    }
}

fn kind(node: &Node) -> Kind {
    match node.node_type {
        NodeType::Time => Kind::Wait,
        NodeType::Conditional | NodeType::Application => Kind::Question,
        NodeType::Converted | NodeType::Dropped => Kind::End,
        NodeType::VoiceCall | NodeType::Sms | NodeType::Whatsapp | NodeType::Email => {
            Kind::Step(node.step_number)
        }
    }
}

fn anchor(node: &Node) -> String {
    format!("node-{}", node.id.simple())
}

/// The ways out of a node; none when there is only the next card to go to.
fn branches(graph: &Graph, node: &Node) -> Vec<Branch> {
    let edges: Vec<_> = graph.out_of(node.id).collect();
    if edges.len() < 2 && edges.iter().all(|edge| edge.label.is_none()) {
        return Vec::new();
    }
    let mut branches: Vec<Branch> = Vec::new();
    for edge in edges {
        let when = match &edge.label {
            Some(label) => words::outcome(label),
            None if node.max_attempts() > 1 => {
                format!("Anything else, after {} attempts", node.max_attempts())
            }
            None => "Anything else".to_owned(),
        };
        let Some(branch) = graph.node(edge.to_node_id).map(|to| led(graph, to)) else {
            continue;
        };
        match branches.last_mut() {
            Some(last) if last.anchor == branch.anchor && last.after == branch.after => {
                last.when = format!("{}, {}", last.when, when.to_lowercase());
            }
            _ => branches.push(Branch { when, ..branch }),
        }
    }
    branches
}

/// Where an edge to `to` leads in the end, past the waits.
fn led(graph: &Graph, to: &Node) -> Branch {
    let way = graph.path_from(to);
    let waits = way
        .iter()
        .take_while(|node| node.node_type == NodeType::Time);
    let after: Vec<String> = waits.clone().map(|node| words::wait(node)).collect();
    let place = way.get(after.len()).copied().unwrap_or(to);
    let then = match kind(place) {
        Kind::Step(Some(number)) => format!("Step {number}, {}", place.label),
        Kind::Step(None) | Kind::Question | Kind::Wait => place.label.clone(),
        Kind::End => format!("Ends: {}", place.label),
    };
    Branch {
        when: String::new(),
        then,
        anchor: anchor(place),
        after: after.join(", then "),
    }
}
