//! From the key that a request carries to the caller it speaks for.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types;
use uuid::Uuid;

use super::account::AccountRow;
use super::new_key::known_scopes;
use crate::caller::{Actor, Caller, Person, RequestFacts, Role, Sees};
use crate::db::schema::{accounts, api_key_hashes, api_keys, users};
use crate::error::{Error, Result, Unauthenticated};
use crate::secrets;
use crate::visibility::{self, People, Teams};

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
    person_id: Option<Uuid>,
}

/// The person it acts for, or who made it.
type PersonRow = (Uuid, String, String, Role);

diesel::define_sql_function! {
    /// The first of both that is there.
    fn coalesce(
        first: sql_types::Nullable<sql_types::Uuid>,
        second: sql_types::Nullable<sql_types::Uuid>,
    ) -> sql_types::Nullable<sql_types::Uuid>;
}

/// Who calls with this key: one query, and one write a minute. One that acts for a person sees what they
/// see, and is good while they can sign in.
///
/// # Errors
/// [`Unauthenticated::InvalidKey`] when the key is unknown, revoked or past its end.
pub fn authenticate_key(
    conn: &mut PgConnection,
    key_hash: &[u8; 32],
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<Caller> {
    let still_there = users::account_id
        .eq(api_keys::account_id)
        .and(
            users::id
                .nullable()
                .eq(coalesce(api_keys::person_id, api_keys::created_by)),
        )
        .and(users::deactivated_at.is_null());
    type Row = (KeyRow, AccountRow, Option<PersonRow>, Vec<Uuid>, Vec<Uuid>);
    let found: Option<Row> = api_key_hashes::table
        .inner_join(
            api_keys::table.on(api_keys::account_id
                .eq(api_key_hashes::account_id)
                .and(api_keys::id.eq(api_key_hashes::api_key_id))),
        )
        .inner_join(accounts::table.on(accounts::id.eq(api_keys::account_id)))
        .left_join(users::table.on(still_there))
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
            (users::id, users::name, users::email, users::role).nullable(),
            Teams,
            People,
        ))
        .get_result(conn)
        .optional()?;
    let invalid = || Error::Unauthenticated(Unauthenticated::InvalidKey);
    let (key, account, person, teams, people) = found.ok_or_else(invalid)?;
    let account = crate::caller::Account::try_from(account)?;
    if key
        .last_used_at
        .is_none_or(|at| at <= now - LAST_USE_WRITTEN_EVERY)
    {
        note_use(conn, account.id, key.id, now)?;
    }
    let owner = person.as_ref();
    let owner = owner.map(|(id, _, email, _)| (*id, email.clone()));
    let (owner_id, owner_email) = owner.unzip();
    let person = match key.person_id {
        Some(_) => Some(person.map(of_row).ok_or_else(invalid)?),
        None => None,
    };
    let sees = person.as_ref().map_or(Sees::All, |person| {
        visibility::sees(&account, person, teams, people)
    });
    let scopes = known_scopes(&key.scopes);
    let actor = Actor::ApiKey {
        id: key.id,
        name: key.name,
        scopes,
        owner_id,
        owner_email,
        person,
    };
    Ok(Caller {
        account,
        actor,
        sees,
        request,
        now,
    })
}

fn of_row((id, name, email, role): PersonRow) -> Person {
    Person {
        id,
        name,
        email,
        role,
    }
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
