//! Reading the fields of an account.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::lead_fields as rows;
use crate::db::text_enum;
use crate::error::{Error, Noun, Result};

text_enum! {
    /// What may stand in a field.
    pub enum Kind {
        /// Any text.
        Text = "text",
        /// A number.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// A day, kept as YYYY-MM-DD.
        Date = "date",
        /// One of the field's choices.
        Choice = "choice",
    }
}

/// A field that leads may have beside those that every lead has.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = rows)]
pub struct Field {
    /// Its id.
    pub id: Uuid,
    /// Its key in the metadata.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What may stand in it.
    pub kind: Kind,
    /// What can be chosen; nothing unless it is a choice.
    pub choices: Vec<String>,
    /// Its place among the others.
    pub position: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Every field in its place.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn fields(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Field>> {
    caller.require(Permission::ReadSettings)?;
    of_account(conn, caller.account.id)
}

/// One field.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn field(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Field> {
    caller.require(Permission::ReadSettings)?;
    let field = Field::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .first(conn)
        .optional()?;
    field.ok_or(Error::NotFound(Noun::Field))
}

/// Those of an account, each in its place.
pub(super) fn of_account(conn: &mut PgConnection, account_id: Uuid) -> Result<Vec<Field>> {
    Ok(Field::query()
        .filter(rows::account_id.eq(account_id))
        .order((rows::position, rows::id))
        .load(conn)?)
}
