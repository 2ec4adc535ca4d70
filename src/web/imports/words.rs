//! What the pages call things of an import.

use crate::enrolment::imports::State;

/// How an import stands: its word, the tone and the ring of its pill.
pub fn stands(state: &State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Draft => ("Being prepared", "", "st-new"),
        State::Checking => ("Being checked", "active", "st-contacted"),
        State::Checked => ("Checked, not run", "wait", "st-qualified"),
        State::Running => ("Running", "active", "st-contacted"),
        State::Done => ("Done", "won", "st-won"),
        State::Cancelled => ("Stopped", "wait", "st-paused"),
        State::Failed => ("Could not go on", "lost", "st-lost"),
        State::Undoing => ("Being undone", "active", "st-contacted"),
        State::Undone => ("Undone", "", "st-lost"),
    }
}
