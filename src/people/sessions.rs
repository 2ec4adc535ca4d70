//! Signed-in browsers as the session store sees them. The cookie holds the key, the table only
//! its digest, so that whoever reads the table can't sign in with it.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::db::schema::sessions;
use crate::error::{Error, Result};
use crate::{ids, secrets, text};

/// A session that is not used for so long is over.
const IDLE_FOR: TimeDelta = TimeDelta::days(14);

/// The last use is written at most this often.
const LAST_USE_WRITTEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Browsers send what they like.
const USER_AGENT_CHARACTERS: usize = 300;

/// A session that was found by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id, which may be shown, unlike the key.
    pub id: Uuid,
    /// The account of the person who is signed in.
    pub account_id: Uuid,
    /// The person who is signed in.
    pub user_id: Uuid,
    /// What the store keeps.
    pub state: HashMap<String, String>,
}

/// A session to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The account of the person who signs in.
    pub account_id: Uuid,
    /// The person who signs in.
    pub user_id: Uuid,
    /// What the store keeps.
    pub state: HashMap<String, String>,
    /// Where they sign in from, to show in the list of sessions.
    pub ip: String,
    /// With what browser, to show in the list of sessions.
    pub user_agent: String,
}

/// The live session of this key.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn load_session(
    conn: &mut PgConnection,
    key: &str,
    now: DateTime<Utc>,
) -> Result<Option<SessionRow>> {
    let found: Option<(Uuid, Uuid, Uuid, Value)> = sessions::table
        .filter(sessions::key_hash.eq(secrets::digest(key).to_vec()))
        .filter(sessions::expires_at.gt(now))
        .select((
            sessions::id,
            sessions::account_id,
            sessions::user_id,
            sessions::state,
        ))
        .get_result(conn)
        .optional()?;
    found
        .map(|(id, account_id, user_id, state)| {
            let state = serde_json::from_value(state).map_err(Error::internal)?;
            Ok(SessionRow {
                id,
                account_id,
                user_id,
                state,
            })
        })
        .transpose()
}

/// Keeps a new session under the key that goes into the cookie. A person who was deactivated
/// since their password was checked gets a session that opens nothing.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn save_session(
    conn: &mut PgConnection,
    key: &str,
    session: NewSession,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let id = ids::new(now);
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::key_hash.eq(secrets::digest(key).to_vec()),
            sessions::account_id.eq(session.account_id),
            sessions::user_id.eq(session.user_id),
            sessions::state.eq(json_of(session.state)),
            sessions::ip.eq(session.ip),
            sessions::user_agent.eq(shown(&session.user_agent)),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(now + IDLE_FOR),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Keeps what a session holds now, and that it was used. False when it is over.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn update_session(
    conn: &mut PgConnection,
    key: &str,
    state: HashMap<String, String>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = diesel::update(sessions::table)
        .filter(sessions::key_hash.eq(secrets::digest(key).to_vec()))
        .filter(sessions::expires_at.gt(now))
        .set((
            sessions::state.eq(json_of(state)),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(now + IDLE_FOR),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that a session was used; written at most once a minute.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn touch_session(conn: &mut PgConnection, key: &str, now: DateTime<Utc>) -> Result<()> {
    diesel::update(sessions::table)
        .filter(sessions::key_hash.eq(secrets::digest(key).to_vec()))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::last_seen_at.le(now - LAST_USE_WRITTEN_EVERY))
        .set((
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(now + IDLE_FOR),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the session of this key: signing out.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn delete_session(conn: &mut PgConnection, key: &str) -> Result<()> {
    diesel::delete(sessions::table)
        .filter(sessions::key_hash.eq(secrets::digest(key).to_vec()))
        .execute(conn)?;
    Ok(())
}

fn json_of(state: HashMap<String, String>) -> Value {
    let clean = |text: String| text.replace('\0', "");
    state
        .into_iter()
        .map(|(name, value)| (clean(name), Value::String(clean(value))))
        .collect()
}

fn shown(user_agent: &str) -> String {
    text::at_most(user_agent, USER_AGENT_CHARACTERS).replace('\0', "")
}
