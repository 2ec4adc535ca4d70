//! Edges that are never taken, and outcomes that have none.

use super::Checked;
use crate::workflows::graph::silence;
use crate::workflows::node_config::{self, Config, Question};
use crate::workflows::{Graph, Node, NodeType};

/// What a call or a message can come to.
const OUTREACH: &[&str] = &[
    "COMPLETED",
    "NO_ANSWER",
    "BUSY",
    "VOICEMAIL",
    "FAILED",
    "INTERESTED",
    "NOT_INTERESTED",
    "CALL_BACK",
    "WRONG_NUMBER",
    "DO_NOT_CALL",
    "REPLIED",
    "MEETING_BOOKED",
];

/// What can be said at a node; nothing where anything can.
fn outcomes(node: &Node) -> Option<&'static [&'static str]> {
    match node.node_type {
        NodeType::VoiceCall | NodeType::Sms | NodeType::Whatsapp | NodeType::Email => {
            Some(OUTREACH)
        }
        NodeType::Time | NodeType::Converted | NodeType::Dropped => Some(&[]),
        NodeType::Application => Some(&["success", "failure"]),
        NodeType::Conditional => match node_config::read(node.node_type, &node.config) {
            Ok(Config::Conditional(Some(Question::Field(_)))) => None,
            _ => Some(&["true", "false"]),
        },
    }
}

pub(super) fn check(graph: &Graph, node: &Node, found: &mut Checked) {
    if node.node_type.is_terminal() {
        return;
    }
    let outcomes = outcomes(node);
    let mut takes_all = false;
    for edge in graph.out_of(node.id) {
        let word = edge.label.as_deref();
        if takes_all {
            let sentence = format!(
                "“{}”: the edge {} is never taken, since one before it takes every outcome",
                node.label,
                word.map_or_else(|| "without a label".to_owned(), |word| format!("“{word}”")),
            );
            found.warn(Some(node), sentence);
        } else if let (Some(word), Some(outcomes)) = (word, outcomes)
            && !outcomes.contains(&word)
        {
            let sentence = format!(
                "“{}”: the edge “{word}” is never taken; this step has no such outcome",
                node.label
            );
            found.warn(Some(node), sentence);
        }
        takes_all |= word.is_none();
    }
    let leads_on = graph.out_of(node.id).next().is_some();
    let silent = graph.next(node.id, silence(node.node_type));
    if leads_on && silent.is_none() && node.node_type != NodeType::Conditional {
        let sentence = format!(
            "“{}”: a lead that does not answer ends here, since no edge is for it",
            node.label
        );
        found.warn(Some(node), sentence);
    }
}
