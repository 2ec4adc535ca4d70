//! Signed-in browsers. actix-session carries the cookie; the rows, which hold only a hash of its
//! key, belong to the people room. A visitor who is not signed in has no row.

use std::collections::HashMap;

use actix_session::config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy};
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionMiddleware};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::web;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::sign;
use crate::caller::RequestFacts;
use crate::error::{Error, Result};
use crate::ids;
use crate::people;
use crate::state::State;

const COOKIE: &str = "leadline";
const DAYS: i64 = 14;
/// The session lives on while it is used; its row is written at most this often.
const TOUCH_AFTER: TimeDelta = TimeDelta::hours(1);

// What the state holds.
const WHO: &str = "who";
const SEEN: &str = "seen";
const IP: &str = "ip";
const AGENT: &str = "user_agent";

/// Who is signed in at this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The session's id, which is not the cookie's key.
    pub id: Uuid,
    /// The person's account.
    pub account_id: Uuid,
    /// The person.
    pub user_id: Uuid,
}

/// Who is signed in, when somebody is.
pub fn signed_in(session: &Session) -> Option<SignedIn> {
    session.get(WHO).ok().flatten()
}

/// The session's id as forms are bound to it; empty for a visitor.
pub fn id(session: &Session) -> String {
    signed_in(session)
        .map(|who| who.id.to_string())
        .unwrap_or_default()
}

/// Signs a person in under a new key: one that was known before is of no use any more.
///
/// # Errors
/// [`Error::Internal`] when the session can't be written down.
pub fn begin(
    session: &Session,
    account_id: Uuid,
    user_id: Uuid,
    facts: &RequestFacts,
    now: DateTime<Utc>,
) -> Result<()> {
    let agent = facts
        .headers
        .get("user-agent")
        .and_then(|agent| agent.as_str());
    session.clear();
    session.renew();
    let who = SignedIn {
        id: ids::new(now),
        account_id,
        user_id,
    };
    put(session, WHO, who)?;
    put(session, SEEN, now)?;
    put(
        session,
        IP,
        facts.ip.map(|ip| ip.to_string()).unwrap_or_default(),
    )?;
    put(session, AGENT, agent.unwrap_or_default())
}

/// Keeps a session alive that is used.
///
/// # Errors
/// [`Error::Internal`] when the session can't be written down.
pub fn touch(session: &Session, now: DateTime<Utc>) -> Result<()> {
    let seen: Option<DateTime<Utc>> = session.get(SEEN).ok().flatten();
    if seen.is_none_or(|seen| now - seen > TOUCH_AFTER) {
        put(session, SEEN, now)?;
    }
    Ok(())
}

fn put(session: &Session, name: &str, value: impl Serialize) -> Result<()> {
    session
        .insert(name, value)
        .map_err(|error| Error::internal(error.to_string()))
}

/// The middleware that loads and saves them.
pub fn middleware(state: &web::Data<State>) -> SessionMiddleware<Rows> {
    let life = PersistentSession::default()
        .session_ttl(Duration::days(DAYS))
        .session_ttl_extension_policy(TtlExtensionPolicy::OnStateChanges);
    SessionMiddleware::builder(Rows(state.clone()), Key::from(&state.secret))
        .cookie_name(COOKIE.to_owned())
        .cookie_secure(state.secure_cookies)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(life)
        .build()
}
