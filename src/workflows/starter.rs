//! What a new workflow can begin with, so that nobody faces an empty page.

use serde_json::{Value, json};

use super::create::{NewEdge, NewNode};
use super::words::NodeType;
use crate::db::text_enum;

text_enum! {
    /// What a new workflow begins with.
    pub enum Starter {
        /// Two rounds of calls with a message between them.
        Calls = "calls",
        /// Two messages, no calls.
        Messages = "messages",
        /// Nothing.
        Empty = "empty",
    }
}

impl Starter {
    /// Its nodes, from the top down, and its edges. The texts are yet to be written.
    pub fn steps(self) -> (Vec<NewNode>, Vec<NewEdge>) {
        use NodeType::{Dropped, Email, Time, VoiceCall, Whatsapp};
        let a_day = json!({"value": 1, "unit": "days"});
        let two_days = json!({"value": 2, "unit": "business_days"});
        let steps = match self {
            Self::Calls => vec![
                (
                    VoiceCall,
                    "First call",
                    json!({"max_attempts": 3, "retry_after_minutes": 240}),
                ),
                (Time, "A day later", a_day),
                (Whatsapp, "Message", json!({})),
                (Time, "Two business days", two_days),
                (
                    VoiceCall,
                    "Second call",
                    json!({"max_attempts": 2, "retry_after_minutes": 240}),
                ),
                (NodeType::Converted, "Won", json!({})),
                (Dropped, "Given up", json!({})),
            ],
            Self::Messages => vec![
                (Email, "First e-mail", json!({})),
                (Time, "Two business days", two_days),
                (Email, "Reminder", json!({})),
                (Dropped, "Given up", json!({})),
            ],
            Self::Empty => Vec::new(),
        };
        (steps.iter().map(node).collect(), edges(&steps))
    }
}

fn node((node_type, label, config): &(NodeType, &str, Value)) -> NewNode {
    NewNode {
        node_type: *node_type,
        label: (*label).to_owned(),
        config: config.clone(),
    }
}

/// Each step leads to the next, the last to the end of those that were given up; a call's
/// answers lead to the ends.
fn edges(steps: &[(NodeType, &str, Value)]) -> Vec<NewEdge> {
    let place = |wanted| {
        steps
            .iter()
            .position(|(node_type, ..)| *node_type == wanted)
    };
    let is_end = |at: &usize| steps[*at].0.is_terminal();
    let edge = |from, to, label: Option<&str>| NewEdge {
        from,
        to,
        label: label.map(str::to_owned),
    };
    let mut edges = Vec::new();
    for from in (0..steps.len()).filter(|at| !is_end(at)) {
        let lost = place(NodeType::Dropped).unwrap_or(from);
        if steps[from].0 == NodeType::VoiceCall {
            let won = place(NodeType::Converted).unwrap_or(lost);
            edges.push(edge(from, won, Some("INTERESTED")));
            edges.push(edge(from, lost, Some("NOT_INTERESTED")));
            edges.push(edge(from, lost, Some("DO_NOT_CALL")));
        }
        let next = Some(from + 1).filter(|next| !is_end(next));
        edges.push(edge(from, next.unwrap_or(lost), None));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starter_leads_from_its_first_step_to_its_ends() {
        for starter in Starter::ALL {
            let (nodes, edges) = starter.steps();
            for (at, node) in nodes.iter().enumerate() {
                let leads_on = edges
                    .iter()
                    .any(|edge| edge.from == at && edge.label.is_none());
                assert_ne!(leads_on, node.node_type.is_terminal(), "{starter}");
                let is_led_to = edges.iter().any(|edge| edge.to == at);
                assert_ne!(is_led_to, at == 0, "{starter}");
            }
        }
    }
}
