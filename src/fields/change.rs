//! Making, changing and removing fields. What leads have under their keys stays.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::MOST;
use super::field::{Field, of_account};
use super::input::{FieldInput, check_new};
use super::preset::CRM;
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::lead_fields as rows;
use crate::error::{Error, Noun, Result};
use crate::ids;

/// Makes a field of a key, after all others. It holds from here on; what stands under the key
/// already stays until it is changed.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`];
/// [`Error::Conflict`] when the key is a field already, or there are as many as there may be.
pub fn create(
    conn: &mut PgConnection,
    caller: &Caller,
    key: &str,
    input: FieldInput,
) -> Result<Field> {
    caller.require(Permission::WriteSettings)?;
    let input = check_new(key, input)?;
    conn.transaction(|conn| {
        let there = of_account(conn, caller.account.id)?;
        let mut made = add(conn, caller, &there, vec![(key.to_owned(), input)])?;
        let none = || Error::internal("a field was made without a row");
        made.pop().ok_or_else(none)
    })
}

/// Makes the fields that clients of the account dialect keep in metadata, but for those whose keys
/// are fields already. What was made.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Conflict`] when there would
/// be more than there may be.
pub fn create_preset(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Field>> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let there = of_account(conn, caller.account.id)?;
        let lacking = CRM
            .iter()
            .filter(|(key, ..)| !there.iter().any(|field| field.key == *key));
        let new = lacking.map(|&(key, label, kind)| {
            let input = FieldInput {
                label: label.to_owned(),
                kind,
                choices: Vec::new(),
            };
            (key.to_owned(), input)
        });
        add(conn, caller, &there, new.collect())
    })
}

/// Changes a field: `edit` makes the new facts of the present ones, which nobody else changes
/// meanwhile.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`];
/// [`Error::Invalid`].
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(FieldInput) -> FieldInput,
) -> Result<Field> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = hold(conn, caller, id)?;
        let input = edit(FieldInput {
            label: before.label.clone(),
            kind: before.kind,
            choices: before.choices.clone(),
        });
        let input = input.checked()?;
        let after = Field {
            label: input.label,
            kind: input.kind,
            choices: input.choices,
            ..before.clone()
        };
        if after == before {
            return Ok(after);
        }
        diesel::update(rows::table.find((caller.account.id, id)))
            .set((
                rows::label.eq(&after.label),
                rows::kind.eq(after.kind),
                rows::choices.eq(&after.choices),
            ))
            .execute(conn)?;
        let data = differences(&facts(&before), &facts(&after));
        audit::write(conn, caller, &[entry(Event::FieldUpdated, id, data)])?;
        Ok(after)
    })
}

/// Gives a field another key, inside the transaction that moves what leads have under it.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Conflict`] when the key is a
/// field already.
pub fn set_key(conn: &mut PgConnection, caller: &Caller, field: &Field, key: &str) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    diesel::update(rows::table.find((caller.account.id, field.id)))
        .set(rows::key.eq(key))
        .execute(conn)
        .map_err(taken)?;
    let after = Field {
        key: key.to_owned(),
        ..field.clone()
    };
    let data = differences(&facts(field), &facts(&after));
    let told = entry(Event::FieldUpdated, field.id, data);
    audit::write(conn, caller, &[told])
}

/// Takes a field out of the catalogue; leads keep what they have under its key.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`].
pub fn delete(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Field> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let field: Option<Field> = diesel::delete(rows::table.find((caller.account.id, id)))
            .returning(Field::as_returning())
            .get_result(conn)
            .optional()?;
        let field = field.ok_or(Error::NotFound(Noun::Field))?;
        let told = entry(Event::FieldDeleted, id, facts(&field));
        audit::write(conn, caller, &[told])?;
        Ok(field)
    })
}

/// Writes fields that were checked, after those that are there, in two statements.
fn add(
    conn: &mut PgConnection,
    caller: &Caller,
    there: &[Field],
    new: Vec<(String, FieldInput)>,
) -> Result<Vec<Field>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    if there.len() + new.len() > MOST {
        return Err(Error::Conflict(format!(
            "An account has at most {MOST} fields"
        )));
    }
    let first = there.iter().map(|field| field.position).max().unwrap_or(0) + 1;
    let ids = ids::several(caller.now, new.len());
    let new = new.into_iter().zip(ids).zip(first..);
    let new: Vec<_> = new
        .map(|(((key, input), id), position)| {
            (
                rows::account_id.eq(caller.account.id),
                rows::id.eq(id),
                rows::key.eq(key),
                rows::label.eq(input.label),
                rows::kind.eq(input.kind),
                rows::choices.eq(input.choices),
                rows::position.eq(position),
                rows::created_at.eq(caller.now),
            )
        })
        .collect();
    let made: Vec<Field> = diesel::insert_into(rows::table)
        .values(new)
        .returning(Field::as_returning())
        .get_results(conn)
        .map_err(taken)?;
    let told = made
        .iter()
        .map(|field| entry(Event::FieldCreated, field.id, facts(field)));
    audit::write(conn, caller, &told.collect::<Vec<_>>())?;
    Ok(made)
}

/// The field, which nobody else changes before the transaction ends.
fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Field> {
    let field = Field::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .for_no_key_update()
        .first(conn)
        .optional()?;
    field.ok_or(Error::NotFound(Noun::Field))
}

fn taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("lead_fields_key_key") =>
        {
            Error::Conflict("This key is a field already".into())
        }
        _ => error.into(),
    }
}

fn facts(field: &Field) -> Value {
    json!({
        "key": field.key,
        "label": field.label,
        "type": field.kind,
        "choices": field.choices,
    })
}

fn entry(event: Event, subject_id: Uuid, data: Value) -> Change {
    Change {
        event,
        subject: Subject::Field,
        subject_id,
        data,
    }
}
