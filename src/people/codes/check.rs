//! Whether a code is right: tries are counted before it is looked at, and no code is good twice.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::{recovery, secret};
use crate::db::schema::{sign_in_throttles, two_factor_secrets};
use crate::error::{Error, Problem, Result};
use crate::people::sign_in::count;
use crate::secrets::Sealer;

/// Three of a million codes are right at any moment: at 480 tries a day, whoever has the password
/// already guesses for more than a year before the chance is even.
const TRIES: i32 = 5;

/// With what the person opened the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::people) enum Shown {
    Code,
    RecoveryCode,
}

/// Counts a try at a person's codes. It stands apart from tries at their password: that who knows
/// that one types it again gives no new tries at these.
///
/// # Errors
/// [`Error::TooMany`] after 5 in 15 minutes.
pub(in crate::people) fn count_try(
    conn: &mut PgConnection,
    user_id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    count(conn, &[(subject(user_id), TRIES)], now)
}

/// Forgets them, since a code was right.
pub(in crate::people) fn forget_code_tries(conn: &mut PgConnection, user_id: Uuid) -> Result<()> {
    diesel::delete(sign_in_throttles::table.find(subject(user_id))).execute(conn)?;
    Ok(())
}

/// Takes a code or a recovery code, which is used up by that. The try has been counted.
///
/// # Errors
/// [`Error::Invalid`] of the field `code` when it is neither, or has been used;
/// [`Error::Conflict`] when the secret can't be opened.
pub(in crate::people) fn accept(
    conn: &mut PgConnection,
    sealer: &Sealer,
    (account_id, user_id): (Uuid, Uuid),
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Shown> {
    let typed = as_typed(typed);
    let right = match typed.bytes().all(|byte| byte.is_ascii_digit()) {
        true if take_step(conn, sealer, (account_id, user_id), &typed, now)? => Some(Shown::Code),
        false if recovery::take(conn, (account_id, user_id), &typed)? => Some(Shown::RecoveryCode),
        _ => None,
    };
    let shown = right.ok_or_else(wrong)?;
    forget_code_tries(conn, user_id)?;
    Ok(shown)
}

/// Uses up the step of a code. Of two who show one code at once, the second finds it used.
fn take_step(
    conn: &mut PgConnection,
    sealer: &Sealer,
    (account_id, user_id): (Uuid, Uuid),
    typed: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some(sealed) = secret::sealed_secret(conn, account_id, user_id)? else {
        return Ok(false);
    };
    let secret = secret::opened(sealer, account_id, user_id, &sealed)?;
    let Some(step) = secret.step_of(typed, now) else {
        return Ok(false);
    };
    let taken = diesel::update(two_factor_secrets::table)
        .filter(two_factor_secrets::account_id.eq(account_id))
        .filter(two_factor_secrets::user_id.eq(user_id))
        .filter(two_factor_secrets::sealed_secret.eq(sealed))
        .filter(two_factor_secrets::last_step.lt(step))
        .set(two_factor_secrets::last_step.eq(step))
        .execute(conn)?;
    Ok(taken == 1)
}

/// Apps and papers show codes in groups, and people type them so.
pub(super) fn as_typed(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

pub(super) fn wrong() -> Error {
    let sentence = "This is not the code that your app shows now; each one works once";
    Error::invalid("code", Problem::Said(sentence.into()))
}

fn subject(user_id: Uuid) -> String {
    format!("codes:{user_id}")
}

#[cfg(test)]
mod tests {
    use super::as_typed;

    #[test]
    fn a_code_is_the_same_however_it_is_grouped() {
        assert_eq!(as_typed(" 123 456\n"), "123456");
        assert_eq!(as_typed("ABCD-efgh 2345-67ab"), "abcdefgh234567ab");
    }
}
