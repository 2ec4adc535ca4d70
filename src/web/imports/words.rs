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

/// `12,480`
pub fn thousands(number: impl std::fmt::Display) -> String {
    super::filters::grouped(&number.to_string())
}

/// `40 seconds`, `3 minutes`
pub fn lasts(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 30) / 60),
    }
}

/// Why a row wrote nothing, in the words of people: the API's name of a field is none of them.
pub fn reason(reason: &str) -> String {
    const CALLED: [(&str, &str); 4] = [
        ("phone_number ", "the phone number "),
        ("email ", "the e-mail "),
        ("owner ", "the owner "),
        ("campaign_id ", "the campaign’s id "),
    ];
    let called = CALLED
        .iter()
        .find_map(|(field, words)| Some((words, reason.strip_prefix(field)?)));
    match called {
        Some((words, rest)) => format!("{words}{rest}"),
        None => reason.to_owned(),
    }
}
