//! Why somebody did something to a run.

use crate::caller::Caller;
use crate::error::{Error, Problem, Result};
use crate::text;

/// The longest reason, in characters.
const MOST: usize = 500;

/// A reason as it is kept: trimmed, nothing when it is blank.
///
/// # Errors
/// [`Error::Invalid`] of `reason` when it is longer than 500 characters or holds a NUL character.
pub fn reason(given: Option<String>) -> Result<Option<String>> {
    let reason = text::clean(given);
    let said = reason.as_deref().unwrap_or_default();
    if text::has_nul(said) {
        return Err(Error::invalid("reason", Problem::Nul));
    }
    if said.chars().count() > MOST {
        return Err(Error::invalid("reason", Problem::TooLong(MOST)));
    }
    Ok(reason)
}

/// What was done, by whom, and why.
pub fn said(caller: &Caller, what: &str, reason: Option<&str>) -> String {
    let by = caller.actor_name();
    match reason {
        Some(reason) => format!("{what} by {by}: {reason}"),
        None => format!("{what} by {by}"),
    }
}
