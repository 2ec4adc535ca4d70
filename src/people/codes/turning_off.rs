//! How codes go: by their person, or by an admin when app and recovery codes are lost.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::check::{accept, count_try, forget_code_tries};
use super::recovery;
use crate::audit::Event;
use crate::caller::Caller;
use crate::db::schema::two_factor_secrets;
use crate::error::Result;
use crate::people::own::{end_others, the_person};
use crate::people::sign_in::forget_tries;
use crate::people::user;
use crate::secrets::Sealer;

/// Turns the person's own codes off and ends their other sessions. That they know their password
/// was checked before.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] when the caller is no person;
/// [`crate::error::Error::Invalid`] of the field `code`; [`crate::error::Error::TooMany`] after
/// five wrong ones.
pub fn turn_off_codes(
    conn: &mut PgConnection,
    caller: &Caller,
    sealer: &Sealer,
    typed: &str,
    current: Option<Uuid>,
) -> Result<()> {
    let person = the_person(caller)?;
    let who = (caller.account.id, person.id);
    count_try(conn, person.id, caller.now)?;
    conn.transaction(|conn| {
        accept(conn, sealer, who, typed, caller.now)?;
        forget(conn, caller, person.id)?;
        forget_tries(conn, &person.email)?;
        let ended = end_others(conn, caller, person, current)?;
        let data = json!({ "sessions_ended": ended });
        user::note(conn, caller, Event::TwoFactorTurnedOff, person.id, data)
    })
}

/// Deletes what a person's codes are made of, and the recovery codes; says whether they were on.
pub(in crate::people) fn forget(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
) -> Result<bool> {
    recovery::forget(conn, caller, user_id)?;
    forget_code_tries(conn, user_id)?;
    let gone: Option<bool> = diesel::delete(two_factor_secrets::table)
        .filter(two_factor_secrets::account_id.eq(caller.account.id))
        .filter(two_factor_secrets::user_id.eq(user_id))
        .returning(two_factor_secrets::turned_on_at.is_not_null())
        .get_result(conn)
        .optional()?;
    Ok(gone == Some(true))
}
