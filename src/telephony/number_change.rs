//! Adding, changing and taking out calling numbers.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::MOST;
use super::number::CallingNumber;
use super::number_input::CallingNumberInput;
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::calling_numbers as numbers;
use crate::error::{Error, Noun, Result};
use crate::ids;

/// Adds a calling number.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`];
/// [`Error::Conflict`] when it is there already.
pub fn create_calling_number(
    conn: &mut PgConnection,
    caller: &Caller,
    input: CallingNumberInput,
) -> Result<CallingNumber> {
    caller.require(Permission::WriteSettings)?;
    let input = input.checked(caller)?;
    conn.transaction(|conn| {
        let own = numbers::account_id.eq(caller.account.id);
        let there: i64 = numbers::table.filter(own).count().get_result(conn)?;
        if there >= MOST {
            return Err(Error::Conflict(format!(
                "An account has at most {MOST} calling numbers"
            )));
        }
        let number = insert(conn, caller, &input)?;
        let (event, data) = (Event::CallingNumberCreated, facts(&number));
        note(conn, caller, event, number.id, data)?;
        Ok(number)
    })
}

/// Changes a calling number: `edit` makes the new facts of the present ones, which nobody else
/// changes meanwhile.
///
/// # Errors
/// As [`create_calling_number`]; [`Error::NotFound`].
pub fn update_calling_number(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(CallingNumberInput) -> CallingNumberInput,
) -> Result<CallingNumber> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = CallingNumber::query()
            .filter(numbers::account_id.eq(caller.account.id))
            .filter(numbers::id.eq(id))
            .for_update()
            .first(conn)
            .optional()?;
        let before: CallingNumber = before.ok_or(Error::NotFound(Noun::CallingNumber))?;
        let present = CallingNumberInput {
            phone_number: before.phone_number.clone(),
            kind: before.kind,
            is_active: before.is_active,
        };
        let input = edit(present).checked(caller)?;
        let after = CallingNumber {
            phone_number: input.phone_number,
            kind: input.kind,
            is_active: input.is_active,
            ..before.clone()
        };
        if after == before {
            return Ok(after);
        }
        diesel::update(numbers::table.find((caller.account.id, id)))
            .set((
                numbers::phone_number.eq(&after.phone_number),
                numbers::kind.eq(after.kind),
                numbers::is_active.eq(after.is_active),
                numbers::updated_at.eq(caller.now),
            ))
            .execute(conn)
            .map_err(taken)?;
        let data = differences(&facts(&before), &facts(&after));
        note(conn, caller, Event::CallingNumberUpdated, id, data)?;
        Ok(after)
    })
}

/// Takes a calling number out. Steps that name it are told of by the check of their workflow.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`].
pub fn delete_calling_number(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> Result<CallingNumber> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let number: Option<CallingNumber> =
            diesel::delete(numbers::table.find((caller.account.id, id)))
                .returning(CallingNumber::as_returning())
                .get_result(conn)
                .optional()?;
        let number = number.ok_or(Error::NotFound(Noun::CallingNumber))?;
        note(
            conn,
            caller,
            Event::CallingNumberDeleted,
            id,
            facts(&number),
        )?;
        Ok(number)
    })
}

/// Writes a number that was checked.
pub(super) fn insert(
    conn: &mut PgConnection,
    caller: &Caller,
    input: &CallingNumberInput,
) -> Result<CallingNumber> {
    diesel::insert_into(numbers::table)
        .values((
            numbers::account_id.eq(caller.account.id),
            numbers::id.eq(ids::new(caller.now)),
            numbers::phone_number.eq(&input.phone_number),
            numbers::kind.eq(input.kind),
            numbers::is_active.eq(input.is_active),
            numbers::created_at.eq(caller.now),
            numbers::updated_at.eq(caller.now),
        ))
        .returning(CallingNumber::as_returning())
        .get_result(conn)
        .map_err(taken)
}

fn taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("calling_numbers_phone_number_key") =>
        {
            Error::Conflict("This number is one of your calling numbers already".into())
        }
        _ => error.into(),
    }
}

fn facts(number: &CallingNumber) -> Value {
    json!({
        "phone_number": number.phone_number,
        "kind": number.kind,
        "active": number.is_active,
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
        subject: Subject::CallingNumber,
        subject_id,
        data,
    };
    audit::write(conn, caller, &[change])
}
