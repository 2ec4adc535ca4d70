//! Destinations: reading and changing them.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::destination_input::DestinationInput;
use super::{MOST, differences};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::destinations as rows;
use crate::error::{Error, Noun, Result};
use crate::ids;
use crate::paging::{After, Page, Slice};

/// Where a carrier's number may call, or may not.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = rows)]
pub struct Destination {
    /// Its id.
    pub id: Uuid,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The beginning of the numbers it is about, as `+9198`; the whole country without one.
    pub prefix: Option<String>,
    /// Whether they may be called.
    pub is_enabled: bool,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// Every destination, by country and prefix.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn destinations(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Destination>> {
    caller.require(Permission::ReadSettings)?;
    of_account(conn, caller.account.id)
}

/// A page of the destinations, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn destination_page(
    conn: &mut PgConnection,
    caller: &Caller,
    slice: &Slice,
) -> Result<Page<Destination>> {
    caller.require(Permission::ReadSettings)?;
    let own = rows::account_id.eq(caller.account.id);
    let mut found = Destination::query()
        .filter(own)
        .order((rows::created_at.desc(), rows::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let older = rows::created_at.lt(after.created_at);
        let as_old = rows::created_at.eq(after.created_at);
        found = found.filter(older.or(as_old.and(rows::id.lt(after.id))));
    }
    let found = found.load(conn)?;
    let total = rows::table.filter(own).count().get_result(conn)?;
    Ok(slice.page(found, total, |destination| After {
        created_at: destination.created_at,
        id: destination.id,
    }))
}

/// One destination.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn destination(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Destination> {
    caller.require(Permission::ReadSettings)?;
    let destination = Destination::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .first(conn)
        .optional()?;
    destination.ok_or(Error::NotFound(Noun::Destination))
}

/// Adds a destination.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`];
/// [`Error::Conflict`] when it is there already.
pub fn create_destination(
    conn: &mut PgConnection,
    caller: &Caller,
    input: DestinationInput,
) -> Result<Destination> {
    caller.require(Permission::WriteSettings)?;
    let input = input.checked()?;
    conn.transaction(|conn| {
        let own = rows::account_id.eq(caller.account.id);
        let there: i64 = rows::table.filter(own).count().get_result(conn)?;
        if there >= MOST {
            return Err(Error::Conflict(format!(
                "An account has at most {MOST} destinations"
            )));
        }
        let destination = insert(conn, caller, &input)?;
        let (event, data) = (Event::DestinationCreated, facts(&destination));
        note(conn, caller, event, destination.id, data)?;
        Ok(destination)
    })
}

/// Changes a destination: `edit` makes the new facts of the present ones, which nobody else
/// changes meanwhile.
///
/// # Errors
/// As [`create_destination`]; [`Error::NotFound`].
pub fn update_destination(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(DestinationInput) -> DestinationInput,
) -> Result<Destination> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = Destination::query()
            .filter(rows::account_id.eq(caller.account.id))
            .filter(rows::id.eq(id))
            .for_update()
            .first(conn)
            .optional()?;
        let before: Destination = before.ok_or(Error::NotFound(Noun::Destination))?;
        let present = DestinationInput {
            country: before.country.clone(),
            prefix: before.prefix.clone(),
            is_enabled: before.is_enabled,
        };
        let input = edit(present).checked()?;
        let after = Destination {
            country: input.country,
            prefix: input.prefix,
            is_enabled: input.is_enabled,
            ..before.clone()
        };
        if after == before {
            return Ok(after);
        }
        diesel::update(rows::table.find((caller.account.id, id)))
            .set((
                rows::country.eq(&after.country),
                rows::prefix.eq(&after.prefix),
                rows::is_enabled.eq(after.is_enabled),
                rows::updated_at.eq(caller.now),
            ))
            .execute(conn)
            .map_err(taken)?;
        let data = differences(&facts(&before), &facts(&after));
        note(conn, caller, Event::DestinationUpdated, id, data)?;
        Ok(after)
    })
}

/// Takes a destination out.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`].
pub fn delete_destination(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> Result<Destination> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let gone: Option<Destination> = diesel::delete(rows::table.find((caller.account.id, id)))
            .returning(Destination::as_returning())
            .get_result(conn)
            .optional()?;
        let gone = gone.ok_or(Error::NotFound(Noun::Destination))?;
        note(conn, caller, Event::DestinationDeleted, id, facts(&gone))?;
        Ok(gone)
    })
}

/// Those of an account, by country and prefix.
pub(super) fn of_account(conn: &mut PgConnection, account_id: Uuid) -> Result<Vec<Destination>> {
    Ok(Destination::query()
        .filter(rows::account_id.eq(account_id))
        .order((rows::country, rows::prefix.asc().nulls_first()))
        .load(conn)?)
}

/// Writes a destination that was checked.
pub(super) fn insert(
    conn: &mut PgConnection,
    caller: &Caller,
    input: &DestinationInput,
) -> Result<Destination> {
    diesel::insert_into(rows::table)
        .values((
            rows::account_id.eq(caller.account.id),
            rows::id.eq(ids::new(caller.now)),
            rows::country.eq(&input.country),
            rows::prefix.eq(&input.prefix),
            rows::is_enabled.eq(input.is_enabled),
            rows::created_at.eq(caller.now),
            rows::updated_at.eq(caller.now),
        ))
        .returning(Destination::as_returning())
        .get_result(conn)
        .map_err(taken)
}

fn taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("destinations_country_key") =>
        {
            Error::Conflict("This destination is one of yours already".into())
        }
        _ => error.into(),
    }
}

fn facts(destination: &Destination) -> Value {
    json!({
        "country": destination.country,
        "prefix": destination.prefix,
        "enabled": destination.is_enabled,
    })
}

fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    event: Event,
    subject_id: Uuid,
    data: Value,
) -> Result<()> {
    let change = Change {
        event,
        subject: Subject::Destination,
        subject_id,
        data,
    };
    audit::write(conn, caller, &[change])
}
