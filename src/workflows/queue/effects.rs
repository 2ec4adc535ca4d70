//! What each outcome would do, in small words.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::super::cadence::{self, Moment, Next, Place};
use super::super::runs::outcomes;
use super::super::words::{NodeType, RunStatus};

/// An outcome that can be reported, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The outcome.
    pub outcome: String,
    /// What follows: "tries again Tue 10:00 (2 of 3)", "ends: won".
    pub sentence: String,
}

/// As a person has them under the keys 1 to 9, the likeliest first.
const CALL: [&str; 9] = [
    "NO_ANSWER",
    "INTERESTED",
    "CALL_BACK",
    "VOICEMAIL",
    "BUSY",
    "NOT_INTERESTED",
    "MEETING_BOOKED",
    "WRONG_NUMBER",
    "DO_NOT_CALL",
];
const MESSAGE: [&str; 4] = ["COMPLETED", "REPLIED", "FAILED", "DO_NOT_CALL"];

/// What can be reported of a task, and what each would do; also what the node's own edges name.
pub fn effects(place: Place<'_>, moment: Moment<'_>, zone: Tz) -> Vec<Effect> {
    let usual: &[&str] = match place.node.node_type {
        NodeType::VoiceCall => &CALL,
        NodeType::Sms | NodeType::Whatsapp | NodeType::Email => &MESSAGE,
        other => outcomes(other),
    };
    let named = place.graph.out_of(place.node.id);
    let named = named.filter_map(|edge| edge.label.as_deref());
    let mut words: Vec<&str> = Vec::new();
    for word in usual.iter().copied().chain(named) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let effect = |outcome: &str| Effect {
        outcome: outcome.to_owned(),
        sentence: match outcome {
            // With a time, as a person says it.
            "CALL_BACK" => "you say when; the step waits for then".to_owned(),
            _ => sentence(
                place,
                &cadence::reported(place, outcome, None, moment),
                moment,
                zone,
            ),
        },
    };
    words.into_iter().map(effect).collect()
}

fn sentence(place: Place<'_>, next: &Next, moment: Moment<'_>, zone: Tz) -> String {
    match next {
        Next::Step(landing) if landing.node.id == place.node.id && landing.attempt > 1 => format!(
            "tries again {} ({} of {})",
            at(landing.due_at, moment.now, zone),
            landing.attempt,
            landing.node.max_attempts()
        ),
        Next::Step(landing) => format!(
            "goes on to “{}”, {}",
            landing.node.label,
            at(landing.due_at, moment.now, zone)
        ),
        Next::TakeOver { .. } => "stops the cadence for you to take over".to_owned(),
        Next::End(end) => match end.status {
            RunStatus::Converted => "ends: won".to_owned(),
            RunStatus::Dropped => "ends: given up".to_owned(),
            RunStatus::Failed => "ends: failed".to_owned(),
            _ => "ends here".to_owned(),
        },
    }
}

/// An instant as one says it: "now", "at 15:00", "Tue 10:00", "4 Jan 10:00".
fn at(instant: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    if instant <= now + TimeDelta::minutes(1) {
        return "now".to_owned();
    }
    if local.date_naive() == now.with_timezone(&zone).date_naive() {
        return local.format("at %H:%M").to_string();
    }
    if instant - now < TimeDelta::days(6) {
        return local.format("%a %H:%M").to_string();
    }
    local.format("%-d %b %H:%M").to_string()
}
