//! API keys: made, listed and revoked. The secret is shown once; only its digest is kept.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::json;
use uuid::Uuid;

use super::authentication::hash_key;
use super::new_key::{NewKey, checked, grantable, known_scopes, person};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission, Scope};
use crate::db::schema::{api_key_hashes, api_keys, users};
use crate::error::{Error, Noun, Problem, Result};
use crate::{ids, secrets};

/// What every secret begins with, so that people and secret scanners know one when they see it.
const PREFIX: &str = "nxr_live_";

/// 238 bits of randomness.
const SECRET_CHARACTERS: usize = 40;

/// A key as people see it.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// The last four characters of the secret.
    pub hint: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Name of the person who made it.
    pub created_by: Option<String>,
    /// Name of the person it acts for; without one it acts for the account.
    pub acts_for: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// From when on it no longer works.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
struct Row {
    id: Uuid,
    name: String,
    hint: String,
    scopes: Vec<String>,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl Row {
    fn into_key(self, created_by: Option<String>, acts_for: Option<String>) -> Key {
        Key {
            id: self.id,
            name: self.name,
            hint: self.hint,
            scopes: known_scopes(&self.scopes),
            created_by,
            acts_for,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
        }
    }
}

/// Makes a key; the text beside it is the secret, which can't be had again.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings, or when a key asks for more than
/// it may itself; [`Error::Invalid`].
pub fn create_key(
    conn: &mut PgConnection,
    caller: &Caller,
    input: NewKey,
) -> Result<(Key, String)> {
    caller.require(Permission::WriteSettings)?;
    let input = checked(input, caller.now)?;
    grantable(caller, &input.scopes)?;
    let secret = format!("{PREFIX}{}", secrets::random(SECRET_CHARACTERS));
    let key = conn.transaction(|conn| {
        let person = person(conn, caller, input.person.as_deref())?;
        let key = insert(conn, caller, &input, person, &secret)?;
        let change = Change {
            event: Event::ApiKeyCreated,
            subject: Subject::ApiKey,
            subject_id: key.id,
            data: json!({
                "name": key.name, "scopes": key.scopes, "expires_at": key.expires_at,
                "acts_for": key.acts_for,
            }),
        };
        audit::write(conn, caller, &[change])?;
        Ok::<_, Error>(key)
    })?;
    Ok((key, secret))
}

fn insert(
    conn: &mut PgConnection,
    caller: &Caller,
    input: &NewKey,
    person: Option<(Uuid, String)>,
    secret: &str,
) -> Result<Key> {
    let (person_id, acts_for) = person.unzip();
    let id = ids::new(caller.now);
    let words: Vec<&str> = input.scopes.iter().map(|scope| scope.as_str()).collect();
    let row = diesel::insert_into(api_keys::table)
        .values((
            api_keys::account_id.eq(caller.account.id),
            api_keys::id.eq(id),
            api_keys::name.eq(&input.name),
            api_keys::hint.eq(&secret[secret.len() - 4..]),
            api_keys::scopes.eq(words),
            api_keys::created_by.eq(caller.person().map(|person| person.id)),
            api_keys::created_at.eq(caller.now),
            api_keys::expires_at.eq(input.expires_at),
            api_keys::person_id.eq(person_id),
        ))
        .returning(Row::as_returning())
        .get_result(conn)
        .map_err(name_taken)?;
    diesel::insert_into(api_key_hashes::table)
        .values((
            api_key_hashes::hash.eq(hash_key(secret).as_slice()),
            api_key_hashes::account_id.eq(caller.account.id),
            api_key_hashes::api_key_id.eq(id),
        ))
        .execute(conn)?;
    let created_by = caller.person().map(|person| person.name.clone());
    Ok(row.into_key(created_by, acts_for))
}

/// The account's keys, live ones first, newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn keys(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Key>> {
    caller.require(Permission::ReadSettings)?;
    let people = diesel::alias!(users as people);
    let rows: Vec<(Row, Option<String>, Option<String>)> = api_keys::table
        .left_join(
            users::table.on(users::account_id
                .eq(api_keys::account_id)
                .and(users::id.nullable().eq(api_keys::created_by))),
        )
        .left_join(
            people.on(people
                .field(users::account_id)
                .eq(api_keys::account_id)
                .and(people.field(users::id).nullable().eq(api_keys::person_id))),
        )
        .filter(api_keys::account_id.eq(caller.account.id))
        .order((
            api_keys::revoked_at.desc().nulls_first(),
            api_keys::id.desc(),
        ))
        .select((
            Row::as_select(),
            users::name.nullable(),
            people.field(users::name).nullable(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(row, created_by, acts_for)| row.into_key(created_by, acts_for))
        .collect())
}

/// Revokes a key, for good. Again changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings, [`Error::NotFound`].
pub fn revoke_key(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let name: Option<String> = diesel::update(api_keys::table.find((caller.account.id, id)))
            .filter(api_keys::revoked_at.is_null())
            .set(api_keys::revoked_at.eq(caller.now))
            .returning(api_keys::name)
            .get_result(conn)
            .optional()?;
        let Some(name) = name else {
            let known = api_keys::table
                .find((caller.account.id, id))
                .select(api_keys::id);
            let known: Option<Uuid> = known.get_result(conn).optional()?;
            return known.map(|_| ()).ok_or(Error::NotFound(Noun::ApiKey));
        };
        let change = Change {
            event: Event::ApiKeyRevoked,
            subject: Subject::ApiKey,
            subject_id: id,
            data: json!({ "name": name }),
        };
        audit::write(conn, caller, &[change])
    })
}

/// Revokes the live key of this name.
///
/// # Errors
/// As [`revoke_key`].
pub fn revoke_key_named(conn: &mut PgConnection, caller: &Caller, name: &str) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    let id: Option<Uuid> = api_keys::table
        .filter(api_keys::account_id.eq(caller.account.id))
        .filter(api_keys::name.eq(name.trim()))
        .filter(api_keys::revoked_at.is_null())
        .select(api_keys::id)
        .get_result(conn)
        .optional()?;
    revoke_key(conn, caller, id.ok_or(Error::NotFound(Noun::ApiKey))?)
}

fn name_taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("api_keys_name_key") =>
        {
            let sentence = "A key of this name is in use; choose another name, or revoke that key";
            Error::invalid("name", Problem::Said(sentence.into()))
        }
        _ => error.into(),
    }
}
