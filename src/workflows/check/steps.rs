//! What each node says, and where it leads.

use super::{Checked, Surroundings};
use crate::outreach::template;
use crate::telephony::{Reach, Rules};
use crate::workflows::node_config::{self, Config, Outreach, Question};
use crate::workflows::{Graph, Node, NodeType};

/// The fields a text may speak of, beside `metadata.<key>`.
pub const MERGE_FIELDS: &[&str] = &[
    "first_name",
    "name",
    "last_name",
    "email",
    "phone",
    "company",
    "title",
    "source",
    "external_id",
];

/// Whether a text may speak of a field of this name.
pub fn is_merge_field(name: &str) -> bool {
    let key = name.strip_prefix("metadata.");
    MERGE_FIELDS.contains(&name) || key.is_some_and(|key| !key.is_empty())
}

pub(super) fn check(graph: &Graph, node: &Node, surroundings: &Surroundings, found: &mut Checked) {
    let label = &node.label;
    if !node.node_type.is_terminal() && graph.out_of(node.id).next().is_none() {
        let sentence = format!("“{label}” leads nowhere: add an edge to another step or to an end");
        found.fault(Some(node), sentence);
    }
    if let Some(channel) = node.node_type.leaves_by()
        && surroundings.sender(channel).is_none()
    {
        let what = match node.node_type {
            NodeType::Email => "e-mail leaves",
            _ => "requests leave",
        };
        let sentence = format!("“{label}” has no sender: say in the settings how {what}");
        found.fault(Some(node), sentence);
    }
    match node_config::read(node.node_type, &node.config) {
        Err(errors) => {
            for error in &errors.0 {
                let sentence = format!("“{label}”: {}", error.sentence(&error.field));
                found.fault(Some(node), sentence);
            }
        }
        Ok(Config::Outreach(said)) => {
            texts(node, &said, found);
            if node.node_type == NodeType::VoiceCall {
                calls_from(node, &said, &surroundings.telephony, found);
            }
        }
        Ok(Config::Time(None)) => {
            found.fault(
                Some(node),
                format!("“{label}” does not say how long to wait"),
            );
        }
        Ok(Config::Conditional(question)) => asked(graph, node, question.as_ref(), found),
        Ok(Config::End {
            status_key: Some(key),
        }) if !surroundings.status_keys.contains(&key) => {
            let sentence = format!("“{label}” gives the status {key}, which is not there");
            found.fault(Some(node), sentence);
        }
        Ok(Config::Time(_) | Config::Application { .. } | Config::End { .. }) => {}
    }
}

/// What a message says.
fn texts(node: &Node, said: &Outreach, found: &mut Checked) {
    let label = &node.label;
    if node.node_type == NodeType::Email && said.subject.is_none() {
        found.fault(Some(node), format!("“{label}” has no subject"));
    }
    if node.node_type != NodeType::VoiceCall && said.text.is_none() {
        found.fault(Some(node), format!("“{label}” has no text"));
    }
    let texts = [&said.subject, &said.text, &said.html, &said.script];
    let mut told = Vec::new();
    for text in texts.into_iter().flatten() {
        if let Some(sentence) = template::broken(text) {
            found.fault(Some(node), format!("“{label}”: {sentence}"));
        }
        for field in template::unknown_fields(text, is_merge_field) {
            if !told.contains(&field) {
                let sentence = format!("“{label}” speaks of {{{{{field}}}}}, which no lead has");
                found.fault(Some(node), sentence);
                told.push(field);
            }
        }
    }
}

/// The number a call is made from.
fn calls_from(node: &Node, said: &Outreach, telephony: &Rules, found: &mut Checked) {
    let label = &node.label;
    match &said.from_phone_number {
        Some(number) if !telephony.is_active(number) => {
            let sentence =
                format!("“{label}” calls from {number}, which is none of your active numbers");
            found.fault(Some(node), sentence);
        }
        None if telephony.reach([None]) == Reach::Nobody => {
            let sentence = format!(
                "“{label}” has no number to call from: none of yours is active, so no lead comes \
                 in from a file and no dialer calls"
            );
            found.warn(Some(node), sentence);
        }
        _ => {}
    }
}

/// What a node asks, and whether each answer has an edge.
fn asked(graph: &Graph, node: &Node, question: Option<&Question>, found: &mut Checked) {
    let label = &node.label;
    match question {
        None => found.fault(Some(node), format!("“{label}” does not say what it asks")),
        Some(Question::Field(_)) => {
            let takes_all = graph.out_of(node.id).any(|edge| edge.label.is_none());
            if !takes_all {
                let sentence = format!(
                    "“{label}”: a lead with a value that has no edge ends here; add one without \
                     a label for the rest"
                );
                found.warn(Some(node), sentence);
            }
        }
        Some(Question::Test(_)) => {
            // Without any edge it leads nowhere, which is told already.
            let leads_on = graph.out_of(node.id).next().is_some();
            for answer in ["true", "false"] {
                if leads_on && graph.next(node.id, answer).is_none() {
                    let sentence = format!("“{label}” has no edge for {answer}");
                    found.fault(Some(node), sentence);
                }
            }
        }
    }
}
