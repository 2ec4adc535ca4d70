//! What a person does with their own access: see and end their sessions, change their password.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::passwords::PasswordHash;
use super::sign_in::forget_tries;
use super::user;
use crate::audit::Event;
use crate::caller::{Caller, Person};
use crate::db::schema::{identities, sessions};
use crate::error::{Error, Noun, Result};

/// A signed-in browser, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Where they signed in from.
    pub ip: String,
    /// With what browser.
    pub user_agent: String,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// Whether this call came through it.
    pub current: bool,
}

#[derive(HasQuery)]
#[diesel(table_name = sessions)]
struct Row {
    id: Uuid,
    ip: String,
    user_agent: String,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
}

/// The person's live sessions, the latest used first.
///
/// # Errors
/// [`Error::Forbidden`] when the caller is no person.
pub fn sessions(
    conn: &mut PgConnection,
    caller: &Caller,
    current: Option<Uuid>,
) -> Result<Vec<Session>> {
    let person = the_person(caller)?;
    let rows = Row::query()
        .filter(sessions::account_id.eq(caller.account.id))
        .filter(sessions::user_id.eq(person.id))
        .filter(sessions::expires_at.gt(caller.now))
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .load(conn)?;
    let session = |row: Row| Session {
        id: row.id,
        ip: row.ip,
        user_agent: row.user_agent,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        current: Some(row.id) == current,
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// [`Error::NotFound`] when it is over or somebody else's; [`Error::Forbidden`] as [`sessions()`].
pub fn revoke_session(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    let person = the_person(caller)?;
    conn.transaction(|conn| {
        let ended = diesel::delete(sessions::table.find(id))
            .filter(sessions::account_id.eq(caller.account.id))
            .filter(sessions::user_id.eq(person.id))
            .execute(conn)?;
        if ended == 0 {
            return Err(Error::NotFound(Noun::Session));
        }
        note_ended(conn, caller, person, ended)
    })
}

/// Ends all of the person's sessions but the current one; says how many.
///
/// # Errors
/// [`Error::Forbidden`] as [`sessions()`].
pub fn revoke_other_sessions(
    conn: &mut PgConnection,
    caller: &Caller,
    current: Option<Uuid>,
) -> Result<usize> {
    let person = the_person(caller)?;
    conn.transaction(|conn| {
        let ended = end_sessions(conn, caller, person.id, current)?;
        if ended > 0 {
            note_ended(conn, caller, person, ended)?;
        }
        Ok(ended)
    })
}

/// Gives the person another password and ends all their other sessions. That the caller knows
/// the present one was checked before, by [`super::attempt`] and [`super::verify`].
///
/// # Errors
/// [`Error::Forbidden`] as [`sessions()`].
pub fn change_password(
    conn: &mut PgConnection,
    caller: &Caller,
    new: &PasswordHash,
    current: Option<Uuid>,
) -> Result<()> {
    let person = the_person(caller)?;
    conn.transaction(|conn| {
        diesel::update(identities::table)
            .filter(identities::account_id.eq(caller.account.id))
            .filter(identities::user_id.eq(person.id))
            .set(identities::password_hash.eq(new.as_str()))
            .execute(conn)?;
        forget_tries(conn, &person.email)?;
        let ended = end_sessions(conn, caller, person.id, current)?;
        let data = json!({
            "changes": { "password": { "from": "***", "to": "***" } },
            "sessions_ended": ended,
        });
        user::note(conn, caller, Event::UserUpdated, person.id, data)
    })
}

/// The person who acts on what is theirs alone.
pub(super) fn the_person(caller: &Caller) -> Result<&Person> {
    caller
        .person()
        .ok_or_else(|| Error::Forbidden("Only a person has sessions".into()))
}

/// Ends all of a person's sessions, but for the current one, if any; says how many.
pub(super) fn end_sessions(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
    current: Option<Uuid>,
) -> Result<usize> {
    Ok(diesel::delete(sessions::table)
        .filter(sessions::account_id.eq(caller.account.id))
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::id.nullable().is_distinct_from(current))
        .execute(conn)?)
}

fn note_ended(
    conn: &mut PgConnection,
    caller: &Caller,
    person: &Person,
    ended: usize,
) -> Result<()> {
    let data = json!({ "sessions_ended": ended });
    user::note(conn, caller, Event::UserSessionsEnded, person.id, data)
}
