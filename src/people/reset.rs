//! The operator's way back in for somebody who has lost their password, their two-factor codes or
//! both, and whom no admin can help.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::codes::forget_codes;
use super::own::end_sessions;
use super::passwords::PasswordHash;
use super::sign_in::forget_tries;
use super::user;
use crate::accounts;
use crate::audit::Event;
use crate::caller::{Actor, Caller, Sees};
use crate::db::schema::{identities, invitations};
use crate::error::{Error, Noun, Result};
use crate::text;

/// Gives whoever signs in with this e-mail another password, turns their two-factor codes off and
/// ends all their sessions. In the audit the command line did it.
///
/// # Errors
/// [`Error::NotFound`] when nobody signs in with it; [`Error::Conflict`] when they are deactivated.
pub fn reset(
    conn: &mut PgConnection,
    email: &str,
    new: &PasswordHash,
    now: DateTime<Utc>,
) -> Result<()> {
    let email = text::lower_email(email);
    let found: Option<(Uuid, Uuid)> = identities::table
        .find(&email)
        .select((identities::account_id, identities::user_id))
        .get_result(conn)
        .optional()?;
    let (account_id, user_id) = found.ok_or(Error::NotFound(Noun::User))?;
    let caller = Caller {
        account: accounts::find(conn, account_id)?,
        actor: Actor::CommandLine,
        sees: Sees::All,
        request: None,
        now,
    };
    conn.transaction(|conn| {
        let user = user::find(conn, &caller, user_id)?;
        if user.deactivated_at.is_some() {
            return Err(Error::Conflict(format!(
                "{} is deactivated; an admin of their account lets them in again first",
                user.name
            )));
        }
        diesel::update(identities::table.find(&email))
            .set(identities::password_hash.eq(new.as_str()))
            .execute(conn)?;
        diesel::delete(invitations::table)
            .filter(invitations::account_id.eq(account_id))
            .filter(invitations::user_id.eq(user_id))
            .execute(conn)?;
        let turned_off = forget_codes(conn, &caller, user_id)?;
        forget_tries(conn, &email)?;
        let ended = end_sessions(conn, &caller, user_id, None)?;
        let data = json!({
            "email": email,
            "two_factor_turned_off": turned_off,
            "sessions_ended": ended,
        });
        user::note(conn, &caller, Event::UserReset, user_id, data)
    })
}
