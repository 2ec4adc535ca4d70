//! What every handler is given: the key that calls, and the way to the rooms.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, Utc};

use super::refusal::Refusal;
use crate::caller::{Account, Caller, RequestFacts};
use crate::db::PgConnection;
use crate::error::{Error, Result, Unauthenticated};
use crate::ids::IdOrNumber;
use crate::leads::Patience;
use crate::state::State;
use crate::{accounts, facts};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// Names the account of a call; a call that carries it speaks the account dialect (contract §5).
pub const ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");

/// A call with a key that is not checked yet: that needs the database, and [`Call::run`] does it
/// on the connection that does the work.
#[derive(Clone)]
pub struct Call {
    state: web::Data<State>,
    key_hash: [u8; 32],
    account: Option<String>,
    facts: Option<RequestFacts>,
    now: DateTime<Utc>,
}

impl Call {
    /// The instant of the call.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The account as the call names it; nothing in the standard dialect.
    pub fn account(&self) -> String {
        self.account.clone().unwrap_or_default()
    }

    /// Checks the key, then works as the caller it speaks for. Bodies are read in here, so that
    /// nobody without a key learns what is wrong with theirs, and a large one holds up no other
    /// request.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the key is not good; [`Error::Forbidden`] when the call names
    /// another account than the key's; those of the work.
    pub async fn run<T, F>(self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection, &Caller) -> Result<T> + Send + 'static,
    {
        let db = self.state.db.clone();
        db.run(|conn| self.work(conn, work)).await
    }

    fn work<T>(
        self,
        conn: &mut PgConnection,
        work: impl FnOnce(&mut PgConnection, &Caller) -> Result<T>,
    ) -> Result<T> {
        let caller = accounts::authenticate_key(conn, &self.key_hash, self.now, self.facts)?;
        let named = self.account.as_deref();
        if named.is_some_and(|named| !names(named, &caller.account)) {
            return Err(Error::Forbidden(
                "You do not have access to this account".into(),
            ));
        }
        work(conn, &caller)
    }

    /// The same for work that takes long, on threads of its own, so that it holds up nobody else.
    ///
    /// # Errors
    /// As [`Call::run`]; [`Error::TooMany`] when too much waits already.
    pub async fn run_long<T, F>(self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection, &Caller) -> Result<T> + Send + 'static,
    {
        let imports = self.state.imports.clone();
        let work = move || {
            let db = self.state.db.clone();
            db.run_blocking(|conn| self.work(conn, work))
        };
        imports.run(work).await
    }

    /// The same for work that may find a file of the account's being written: then it waits for it
    /// where it holds up nobody else.
    ///
    /// # Errors
    /// As [`Call::run_long`].
    pub async fn run_patiently<T, F>(self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut PgConnection, &Caller, Patience) -> Result<Option<T>> + Clone + Send + 'static,
    {
        let first = work.clone();
        let at_once = self.clone();
        let at_once = at_once.run(move |conn, caller| first(conn, caller, Patience::GivesUp));
        if let Some(done) = at_once.await? {
            return Ok(done);
        }
        let done = self.run_long(move |conn, caller| work(conn, caller, Patience::Waits));
        done.await?
            .ok_or_else(|| Error::internal("it waited and was not done"))
    }

    fn of(request: &HttpRequest) -> Result<Self> {
        let state = State::of(request)?;
        let key = key(request.headers());
        let key = key.ok_or(Error::Unauthenticated(Unauthenticated::MissingKey))?;
        // What only reads leaves nothing behind that would need them.
        let changes = !request.method().is_safe();
        Ok(Self {
            key_hash: accounts::hash_key(key),
            account: account(request.headers()),
            facts: changes.then(|| facts::of(request, state.trust_proxy)),
            now: state.clock.now(),
            state,
        })
    }
}

/// The key of either header (contract §1). One that is not plain text is sent, but no good.
fn key(headers: &HeaderMap) -> Option<&str> {
    if let Some(key) = headers.get(API_KEY) {
        return Some(key.to_str().unwrap_or_default().trim()).filter(|key| !key.is_empty());
    }
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
}

/// The account that a call names. What is not plain text names none.
fn account(headers: &HeaderMap) -> Option<String> {
    let named = headers.get(ACCOUNT_ID)?.to_str().unwrap_or_default();
    Some(named.trim().to_owned())
}

/// Whether a word is an account's number or id.
fn names(word: &str, account: &Account) -> bool {
    match word.parse() {
        Ok(IdOrNumber::Id(id)) => id == account.id,
        Ok(IdOrNumber::Number(number)) => number == account.number,
        Err(_) => false,
    }
}

impl FromRequest for Call {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).map_err(Refusal::from))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::key;

    #[test]
    fn either_header_carries_the_key() {
        let sent = |name: &'static str, value: &'static str| {
            let request = TestRequest::default()
                .insert_header((name, value))
                .to_http_request();
            key(request.headers()).map(str::to_owned)
        };
        assert_eq!(
            sent("x-api-key", "nxr_live_a").as_deref(),
            Some("nxr_live_a")
        );
        assert_eq!(
            sent("authorization", "Bearer nxr_live_a").as_deref(),
            Some("nxr_live_a")
        );
        assert_eq!(
            sent("authorization", "bearer  nxr_live_a ").as_deref(),
            Some("nxr_live_a")
        );
        for value in ["", "Bearer", "Bearer ", "Basic bnhyOg=="] {
            assert_eq!(sent("authorization", value), None, "{value:?}");
        }
        assert_eq!(sent("x-api-key", " "), None);
    }
}
