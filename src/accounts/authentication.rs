//! From the key that a request carries to the caller it speaks for.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types;
use uuid::Uuid;

use super::account::AccountRow;
use super::new_key::known_scopes;
use crate::caller::{Actor, Caller, RequestFacts};
use crate::db::schema::{accounts, api_key_hashes, api_keys, users};
use crate::error::{Error, Result, Unauthenticated};
use crate::secrets;

/// A key's last use is written at most this often, so that a busy key costs no write.
const LAST_USE_WRITTEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The digest a key is looked up by. A fast one will do: keys carry 238 bits of randomness.
pub fn hash_key(secret: &str) -> [u8; 32] {
    secrets::digest(secret)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
struct KeyRow {
    id: Uuid,
    name: String,
    scopes: Vec<String>,
    last_used_at: Option<DateTime<Utc>>,
}

/// Id and e-mail of the person who made a key.
type Maker = (Uuid, String);

/// Who calls with this key: one query, and one write a minute.
///
/// # Errors
/// [`Unauthenticated::InvalidKey`] when the key is unknown, revoked or past its end.
pub fn authenticate_key(
    conn: &mut PgConnection,
    key_hash: &[u8; 32],
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<Caller> {
    let maker_still_there = users::account_id
        .eq(api_keys::account_id)
        .and(users::id.nullable().eq(api_keys::created_by))
        .and(users::deactivated_at.is_null());
    let found: Option<(KeyRow, AccountRow, Option<Maker>)> = api_key_hashes::table
        .inner_join(
            api_keys::table.on(api_keys::account_id
                .eq(api_key_hashes::account_id)
                .and(api_keys::id.eq(api_key_hashes::api_key_id))),
        )
        .inner_join(accounts::table.on(accounts::id.eq(api_keys::account_id)))
        .left_join(users::table.on(maker_still_there))
        .filter(api_key_hashes::hash.eq(key_hash.as_slice()))
        .filter(api_keys::revoked_at.is_null())
        .filter(
            api_keys::expires_at
                .is_null()
                .or(api_keys::expires_at.gt(now).assume_not_null()),
        )
        .select((
            KeyRow::as_select(),
            AccountRow::as_select(),
            (users::id, users::email).nullable(),
        ))
        .get_result(conn)
        .optional()?;
    let (key, account, owner) = found.ok_or(Error::Unauthenticated(Unauthenticated::InvalidKey))?;
    let (owner_id, owner_email) = owner.unzip();
    let account = crate::caller::Account::try_from(account)?;
    if key
        .last_used_at
        .is_none_or(|at| at <= now - LAST_USE_WRITTEN_EVERY)
    {
        note_use(conn, account.id, key.id, now)?;
    }
    let scopes = known_scopes(&key.scopes);
    let actor = Actor::ApiKey {
        id: key.id,
        name: key.name,
        scopes,
        owner_id,
        owner_email,
    };
    Ok(Caller {
        account,
        actor,
        request,
        now,
    })
}

/// Of many requests that see an old last use at once, one writes; the others don't wait for it.
fn note_use(
    conn: &mut PgConnection,
    account_id: Uuid,
    key_id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    // Diesel has no word for an update of rows that a locking query finds.
    diesel::sql_query(
        "UPDATE api_keys SET last_used_at = $3
         WHERE account_id = $1 AND id = (
             SELECT id FROM api_keys
             WHERE account_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4)
             FOR UPDATE SKIP LOCKED)",
    )
    .bind::<sql_types::Uuid, _>(account_id)
    .bind::<sql_types::Uuid, _>(key_id)
    .bind::<sql_types::Timestamptz, _>(now)
    .bind::<sql_types::Timestamptz, _>(now - LAST_USE_WRITTEN_EVERY)
    .execute(conn)?;
    Ok(())
}
