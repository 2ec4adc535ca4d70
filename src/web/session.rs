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

use crate::caller::RequestFacts;
use crate::error::{Error, Result};
use crate::people::{self, NewSession};
use crate::secrets;
use crate::state::State;

const COOKIE: &str = "leadline";
const DAYS: i64 = 14;
/// The session lives on while it is used; its row is written at most this often.
const TOUCH_AFTER: TimeDelta = TimeDelta::minutes(5);

// What the state holds: while it is begun, whose it will be; once loaded, whose it is.
const WHO: &str = "who";
const SEEN: &str = "seen";
const BEGUN: &str = "begun";

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

/// What a row is made of.
#[derive(Serialize, Deserialize)]
struct Begun {
    account_id: Uuid,
    user_id: Uuid,
    ip: String,
    user_agent: String,
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
    let ip = facts.ip.map(|ip| ip.to_string()).unwrap_or_default();
    let user_agent = agent.unwrap_or_default().to_owned();
    session.clear();
    session.renew();
    put(
        session,
        BEGUN,
        Begun {
            account_id,
            user_id,
            ip,
            user_agent,
        },
    )?;
    put(session, SEEN, now)
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

/// The rows of signed-in browsers, as actix-session asks for them.
pub struct Rows(web::Data<State>);

type Map = HashMap<String, String>;

impl SessionStore for Rows {
    async fn load(&self, key: &SessionKey) -> Result<Option<Map>, LoadError> {
        let (key, now) = (key.as_ref().to_owned(), self.0.clock.now());
        let row = self
            .0
            .db
            .run(move |conn| people::load_session(conn, &key, now))
            .await;
        let Some(row) = row.map_err(|error| LoadError::Other(error.into()))? else {
            return Ok(None);
        };
        let who = SignedIn {
            id: row.id,
            account_id: row.account_id,
            user_id: row.user_id,
        };
        let who = serde_json::to_string(&who).map_err(|e| LoadError::Other(e.into()))?;
        let mut state = row.state;
        state.insert(WHO.to_owned(), who);
        Ok(Some(state))
    }

    async fn save(&self, mut state: Map, _: &Duration) -> Result<SessionKey, SaveError> {
        let begun = state.remove(BEGUN).unwrap_or_default();
        let begun: Begun =
            serde_json::from_str(&begun).map_err(|e| SaveError::Serialization(e.into()))?;
        let session = NewSession {
            account_id: begun.account_id,
            user_id: begun.user_id,
            state,
            ip: begun.ip,
            user_agent: begun.user_agent,
        };
        let (key, now) = (secrets::random(64), self.0.clock.now());
        let hashed = key.clone();
        let saved = self
            .0
            .db
            .run(move |conn| people::save_session(conn, &hashed, session, now));
        saved
            .await
            .map_err(|error| SaveError::Other(error.into()))?;
        SessionKey::try_from(key).map_err(|error| SaveError::Other(error.into()))
    }

    async fn update(
        &self,
        key: SessionKey,
        mut state: Map,
        _: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        state.remove(WHO);
        let (hashed, now) = (key.as_ref().to_owned(), self.0.clock.now());
        // One that was ended a moment ago stays ended; the next request finds nobody signed in.
        let kept = self
            .0
            .db
            .run(move |conn| people::update_session(conn, &hashed, state, now));
        kept.await
            .map_err(|error| UpdateError::Other(error.into()))?;
        Ok(key)
    }

    async fn update_ttl(&self, key: &SessionKey, _: &Duration) -> anyhow::Result<()> {
        let (key, now) = (key.as_ref().to_owned(), self.0.clock.now());
        Ok(self
            .0
            .db
            .run(move |conn| people::touch_session(conn, &key, now))
            .await?)
    }

    async fn delete(&self, key: &SessionKey) -> anyhow::Result<()> {
        let key = key.as_ref().to_owned();
        Ok(self
            .0
            .db
            .run(move |conn| people::delete_session(conn, &key))
            .await?)
    }
}
