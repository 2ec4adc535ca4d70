//! How codes go: by their person, or by an admin when app and recovery codes are lost.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::check::{accept, count_try, forget_code_tries};
use super::recovery;
use crate::accounts;
use crate::audit::Event;
use crate::caller::Caller;
use crate::db::schema::two_factor_secrets;
use crate::error::{Error, Result};
use crate::people::own::{end_sessions, the_person};
use crate::people::sign_in::forget_tries;
use crate::people::standing::settable;
use crate::people::user::{self, User};
use crate::secrets::Sealer;

/// Turns the person's own codes off and ends their other sessions. That they know their password
/// was checked before.
///
/// # Errors
/// [`Error::Forbidden`] when the caller is no person; [`Error::Conflict`] when the account requires
/// codes of their role; [`Error::Invalid`] of the field `code`; [`Error::TooMany`] after
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
    if accounts::roles_that_need_codes(conn, caller.account.id)?.contains(&person.role) {
        return Err(Error::Conflict(
            "Your account requires two-factor codes of your role, so they stay on".into(),
        ));
    }
    count_try(conn, person.id, caller.now)?;
    conn.transaction(|conn| {
        accept(conn, sealer, who, typed, caller.now)?;
        forget_codes(conn, caller, person.id)?;
        forget_tries(conn, &person.email)?;
        let ended = end_sessions(conn, caller, person.id, current)?;
        let data = json!({ "sessions_ended": ended });
        user::note(conn, caller, Event::TwoFactorTurnedOff, person.id, data)
    })
}

/// Turns the codes of somebody who has lost their app off, and ends their sessions. Again changes
/// nothing.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] for oneself.
pub fn reset_codes(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    conn.transaction(|conn| {
        let mut user = settable(conn, caller, id)?;
        if forget_codes(conn, caller, id)? {
            let ended = end_sessions(conn, caller, id, None)?;
            let data = json!({ "email": user.email, "sessions_ended": ended });
            user::note(conn, caller, Event::TwoFactorReset, id, data)?;
            user.has_codes = false;
        }
        Ok(user)
    })
}

/// Deletes what a person's codes are made of, and the recovery codes; says whether they were on.
pub(in crate::people) fn forget_codes(
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
