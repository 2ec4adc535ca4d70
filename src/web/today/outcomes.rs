//! The outcomes of a task as buttons: their order, their words and their keys.

use crate::workflows::{Effect, NodeType};

/// A button that reports an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// The key that presses it, 1 to 9.
    pub key: Option<usize>,
    /// What is sent.
    pub outcome: String,
    /// What it is called.
    pub label: String,
    /// What follows, in small words.
    pub effect: String,
    /// `good`, `end` or nothing.
    pub tone: &'static str,
}

/// What the outcomes of a call are called, and whether they are a success or an end.
const CALLS: [(&str, &str, &str); 12] = [
    ("INTERESTED", "Interested", "good"),
    ("MEETING_BOOKED", "Meeting booked", "good"),
    ("COMPLETED", "Talked, nothing decided", ""),
    ("NO_ANSWER", "No answer", ""),
    ("VOICEMAIL", "Voicemail", ""),
    ("BUSY", "Busy", ""),
    ("CALL_BACK", "Call back", ""),
    ("REPLIED", "They wrote instead", ""),
    ("FAILED", "Could not call", ""),
    ("NOT_INTERESTED", "Not interested", "end"),
    ("WRONG_NUMBER", "Wrong number", "end"),
    ("DO_NOT_CALL", "Do not call again", "end"),
];
/// Those of a message.
const MESSAGES: [(&str, &str, &str); 7] = [
    ("COMPLETED", "Sent", "good"),
    ("REPLIED", "They replied", "good"),
    ("INTERESTED", "Interested", "good"),
    ("MEETING_BOOKED", "Meeting booked", "good"),
    ("FAILED", "Could not send it", ""),
    ("NOT_INTERESTED", "Not interested", "end"),
    ("DO_NOT_CALL", "Do not contact again", "end"),
];
const KEYS: usize = 9;

/// A button for each outcome that can be reported, in their order.
pub fn buttons(node_type: NodeType, effects: &[Effect]) -> Vec<Button> {
    let known: &[(&str, &str, &str)] = match node_type {
        NodeType::VoiceCall => &CALLS,
        _ => &MESSAGES,
    };
    let buttons = effects.iter().enumerate().map(|(at, effect)| {
        let known = known.iter().find(|(word, ..)| *word == effect.outcome);
        Button {
            key: (at < KEYS).then_some(at + 1),
            label: known.map_or_else(
                || capital(&said(&effect.outcome)),
                |(_, label, _)| (*label).to_owned(),
            ),
            tone: known.map_or("", |(.., tone)| tone),
            outcome: effect.outcome.clone(),
            effect: effect.sentence.clone(),
        }
    });
    buttons.collect()
}

/// An outcome in the middle of a sentence: "no answer".
pub fn said(outcome: &str) -> String {
    match outcome {
        "COMPLETED" => "done".to_owned(),
        "REPLIED" => "they replied".to_owned(),
        "CALL_BACK" => "asked to be called back".to_owned(),
        "DO_NOT_CALL" => "does not want to be called again".to_owned(),
        other => other.replace('_', " ").to_lowercase(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effects(outcomes: &[&str]) -> Vec<Effect> {
        let effect = |outcome: &&str| Effect {
            outcome: (*outcome).to_owned(),
            sentence: String::new(),
        };
        outcomes.iter().map(effect).collect()
    }

    #[test]
    fn the_first_nine_have_a_key() {
        let known: Vec<&str> = CALLS.iter().map(|(word, ..)| *word).collect();
        let buttons = buttons(NodeType::VoiceCall, &effects(&known));
        let said = |at: usize| (buttons[at].key, buttons[at].label.as_str());
        assert_eq!(said(0), (Some(1), "Interested"));
        assert_eq!(said(8), (Some(9), "Could not call"));
        assert_eq!(said(11), (None, "Do not call again"));
    }

    #[test]
    fn an_outcome_of_somebodys_own_reads_like_the_others() {
        let buttons = buttons(NodeType::Sms, &effects(&["COMPLETED", "LEFT_ON_READ"]));
        let said: Vec<&str> = buttons.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(said, ["Sent", "Left on read"]);
    }
}
