//! Adding, changing and taking out destinations.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::MOST;
use super::destination::Destination;
use super::destination_input::DestinationInput;
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::destinations as rows;
use crate::error::{Error, Noun, Result};
use crate::ids;

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
