//! A workflow as cards on their lines: first the way of a lead that never answers, then what
//! branches off it; the ends stand below.

use std::collections::HashMap;

use uuid::Uuid;

use super::words;
use crate::workflows::arrange::{self, Lines};
use crate::workflows::{Graph, Node, NodeType, Status};

/// A graph as its page shows it.
pub struct Cards {
    /// The lines.
    pub lines: Vec<Line>,
    /// The ends.
    pub ends: Vec<Card>,
}

/// Cards that follow one another.
pub struct Line {
    /// The outcomes that lead here.
    pub when: String,
    /// The card they are those of; none for the first line and for one that nothing leads to.
    pub off: Option<Place>,
    /// Where a step before the first card is put, as a part of an address.
    pub top: String,
    /// The cards.
    pub cards: Vec<Card>,
    /// Where the line leads.
    pub then: Option<Place>,
}

/// A card by its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub label: String,
    /// Where links lead to it.
    pub anchor: String,
    /// Whether it is an end.
    pub is_end: bool,
}

/// A step, a wait, a question or an end.
pub struct Card {
    /// Its node.
    pub id: Uuid,
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
    /// Whether a step stands before it on its line.
    pub may_rise: bool,
    /// Whether a step stands after it on its line.
    pub may_sink: bool,
    /// Whether anything leads to it.
    pub is_reached: bool,
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
pub fn cards(graph: &Graph, statuses: &[Status], here: &HashMap<Uuid, i64>) -> Cards {
    let Lines { lines, ends } = arrange::lines(graph);
    let card = |node: &Node| Card {
        here: here.get(&node.id).copied().unwrap_or(0),
        ..card(graph, statuses, node)
    };
    let lines = lines
        .iter()
        .map(|line| {
            let mut cards: Vec<Card> = line.nodes.iter().map(|node| card(node)).collect();
            let steps = |card: &Card| card.kind != Kind::Wait;
            let first = cards.iter().position(steps);
            let last = cards.iter().rposition(steps);
            for (at, card) in cards.iter_mut().enumerate() {
                card.may_rise = steps(card) && Some(at) != first;
                card.may_sink = steps(card) && Some(at) != last;
            }
            Line {
                when: line
                    .off
                    .map_or(String::new(), |off| when(graph, off, line.nodes[0])),
                off: line.off.map(place),
                top: match cards.first() {
                    Some(first) => format!("before={}", first.id),
                    None => String::new(),
                },
                cards,
                then: line.then.map(place),
            }
        })
        .collect();
    Cards {
        lines,
        ends: ends.into_iter().map(card).collect(),
    }
}

fn card(graph: &Graph, statuses: &[Status], node: &Node) -> Card {
    let said = |name: &str| {
        let text = node.config.get(name).and_then(|text| text.as_str());
        text.unwrap_or_default().to_owned()
    };
    let says = match (kind(node), node.node_type) {
        (Kind::Step(_), _) => words::attempts(node),
        (Kind::Wait, _) => words::wait(node),
        (_, NodeType::Application) => said("url"),
        (Kind::Question, _) => words::question(node),
        (Kind::End, _) => {
            let key = said("status_key");
            let status = statuses.iter().find(|status| status.key == key);
            status.map_or(key, |status| status.label.clone())
        }
    };
    Card {
        id: node.id,
        anchor: anchor(node.id),
        kind: kind(node),
        node_type: node.node_type.as_str(),
        label: node.label.clone(),
        says,
        subject: said("subject"),
        text: words::text(node).unwrap_or_default().to_owned(),
        branches: branches(graph, node),
        here: 0,
        may_rise: false,
        may_sink: false,
        is_reached: graph.edges.iter().any(|edge| edge.to_node_id == node.id),
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

/// Where links lead to the card of a node.
pub fn anchor(node: Uuid) -> String {
    format!("node-{}", node.simple())
}

/// A node by what a page calls it: "Step 2, Aranceles".
pub fn name(node: &Node) -> String {
    match kind(node) {
        Kind::Step(Some(number)) => format!("Step {number}, {}", node.label),
        Kind::Wait => format!("Wait {}", words::wait(node)),
        _ => node.label.clone(),
    }
}

fn place(node: &Node) -> Place {
    Place {
        label: name(node),
        anchor: anchor(node.id),
        is_end: node.node_type.is_terminal(),
    }
}

/// The outcomes that lead from one node to another, as in "interested, call back".
fn when(graph: &Graph, from: &Node, to: &Node) -> String {
    let edges = graph
        .out_of(from.id)
        .filter(|edge| edge.to_node_id == to.id);
    let outcomes: Vec<String> = edges
        .map(|edge| match &edge.label {
            Some(label) => words::outcome(label).to_lowercase(),
            None => "anything else".to_owned(),
        })
        .collect();
    outcomes.join(", ")
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
        Kind::End => format!("Ends: {}", place.label),
        _ => name(place),
    };
    Branch {
        when: String::new(),
        then,
        anchor: anchor(place.id),
        after: after.join(", then "),
    }
}
