//! The second step of signing in: whoever had the right password shows a code as well.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::acting::active;
use super::codes::{Shown, accept, count_try, sealed_secret};
use super::user;
use crate::audit::Event;
use crate::caller::{Account, Actor, Caller, Person, RequestFacts, Sees};
use crate::db::schema::identities;
use crate::error::{Error, Result, Unauthenticated};
use crate::secrets::{self, Sealer, same};

/// Somebody whose password was right and whose code is not known yet. It is no right to anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfWay {
    /// The person's account.
    pub account_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    /// Which password and which secret this is about: with another of either one begins anew.
    pub of: [u8; 32],
}

/// The half that a right password is of the way in; nothing when it is all of it.
pub(super) fn half_way(
    conn: &mut PgConnection,
    (account_id, user_id): (Uuid, Uuid),
    password_hash: Option<&str>,
) -> Result<Option<HalfWay>> {
    let secret = sealed_secret(conn, account_id, user_id)?;
    Ok(secret.map(|secret| HalfWay {
        account_id,
        user_id,
        of: secrets::hmac(password_hash.unwrap_or_default().as_bytes(), &[&secret]),
    }))
}

/// Lets in whoever had the right password and now shows a right code; tries are counted first.
///
/// # Errors
/// [`Error::Invalid`] of the field `code` when it is not right or was used; [`Error::TooMany`]
/// after five wrong ones in 15 minutes; [`Unauthenticated::NotSignedIn`] when the person is gone,
/// or password or secret have changed since; [`Error::Conflict`] when the secret can't be opened.
pub fn enter_with_code(
    conn: &mut PgConnection,
    sealer: &Sealer,
    half: &HalfWay,
    typed: &str,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Account, Person)> {
    let (account_id, user_id) = (half.account_id, half.user_id);
    let anew = || Error::Unauthenticated(Unauthenticated::NotSignedIn);
    count_try(conn, user_id, now)?;
    conn.transaction(|conn| {
        let (account, person) = active(conn, account_id, user_id)?.ok_or_else(anew)?;
        let hash: Option<String> = identities::table
            .find(&person.email)
            .select(identities::password_hash)
            .get_result(conn)?;
        let present = half_way(conn, (account_id, user_id), hash.as_deref())?;
        if !present.is_some_and(|present| same(present.of, half.of)) {
            return Err(anew());
        }
        let shown = accept(conn, sealer, (account_id, user_id), typed, now)?;
        let caller = Caller {
            account,
            actor: Actor::User(person.clone()),
            sees: Sees::All,
            request,
            now,
        };
        let with = match shown {
            Shown::Code => "code",
            Shown::RecoveryCode => "recovery code",
        };
        let data = json!({ "with": with });
        user::note(conn, &caller, Event::UserSignedIn, user_id, data)?;
        Ok((caller.account, person))
    })
}
