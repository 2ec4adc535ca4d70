//! Edges that are hardly ever taken, and silence that has none.

use super::Checked;
use crate::workflows::graph::silence;
use crate::workflows::node_config::{self, Config, Question};
use crate::workflows::runs::outcomes;
use crate::workflows::{Graph, Node, NodeType};

/// What usually comes of a node; nothing where it can be anything.
fn usual_outcomes(node: &Node) -> Option<&'static [&'static str]> {
    match node.node_type {
        NodeType::Conditional => match node_config::read(node.node_type, &node.config) {
            Ok(Config::Conditional(Some(Question::Field(_)))) => None,
            _ => Some(&["true", "false"]),
        },
        other => Some(outcomes(other)),
    }
}

pub(super) fn check(graph: &Graph, node: &Node, found: &mut Checked) {
    if node.node_type.is_terminal() {
        return;
    }
    let usual = usual_outcomes(node);
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
        } else if let (Some(word), Some(usual)) = (word, usual)
            && !usual.contains(&word)
        {
            let sentence = match node.node_type.channel() {
                // People and dialers may report whatever an edge names.
                Some(_) => format!(
                    "“{}”: the edge “{word}” is taken only by those who report just that; it is \
                     none of the usual outcomes",
                    node.label
                ),
                None => format!(
                    "“{}”: the edge “{word}” is never taken; this step has no such outcome",
                    node.label
                ),
            };
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
