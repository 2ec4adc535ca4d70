//! Whoever changes how a person signs in has to know their password, signed in or not.

use crate::error::{Error, Problem, Result};
use crate::people;
use crate::web::{Ctx, filters};

/// Refuses who does not know the person's password; tries are counted as at the door.
///
/// # Errors
/// [`Error::Invalid`] of the field where it was typed.
pub async fn check(ctx: &Ctx, field: &'static str, typed: &str) -> Result<()> {
    let (email, ip, typed) = (ctx.person.email.clone(), ctx.ip(), typed.to_owned());
    let counted = ctx.run(move |conn, caller| people::attempt(conn, &email, ip, caller.now));
    let candidate = counted.await.map_err(|error| beside(field, error))?;
    let right = ctx
        .state
        .slow
        .run(move || Ok(people::verify(&typed, candidate.hash.as_deref())));
    if right.await? {
        return Ok(());
    }
    let wrong = "This is not your password now".into();
    Err(Error::invalid(field, Problem::Said(wrong)))
}

/// That there were too many tries is said beside the field that they were typed into.
pub fn beside(field: &'static str, error: Error) -> Error {
    let Error::TooMany {
        retry_after_seconds,
    } = error
    else {
        return error;
    };
    let wait = filters::span(retry_after_seconds);
    let sentence = format!("Too many tries. Wait {wait}, then try again.");
    Error::invalid(field, Problem::Said(sentence.into()))
}
