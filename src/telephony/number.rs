//! Reading calling numbers.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::words::{DEMO_NUMBER, Kind};
use crate::caller::{Caller, Permission};
use crate::db::schema::calling_numbers as numbers;
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};

/// A number that calls are made from.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = numbers)]
pub struct CallingNumber {
    /// Its id.
    pub id: Uuid,
    /// The number in E.164.
    pub phone_number: String,
    /// How it reaches the network.
    pub kind: Kind,
    /// Whether calls are made from it.
    pub is_active: bool,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

impl CallingNumber {
    /// Whether it is the one that belongs to nobody.
    pub fn is_demo(&self) -> bool {
        self.phone_number == DEMO_NUMBER
    }
}

/// Every calling number, the oldest first: for everybody who sees workflows, whose steps name
/// them.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see workflows.
pub fn calling_numbers(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<CallingNumber>> {
    caller.require(Permission::ReadWorkflows)?;
    of_account(conn, caller.account.id)
}

/// A page of the calling numbers, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn calling_number_page(
    conn: &mut PgConnection,
    caller: &Caller,
    slice: &Slice,
) -> Result<Page<CallingNumber>> {
    caller.require(Permission::ReadSettings)?;
    let own = numbers::account_id.eq(caller.account.id);
    let mut rows = CallingNumber::query()
        .filter(own)
        .order((numbers::created_at.desc(), numbers::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let older = numbers::created_at.lt(after.created_at);
        let as_old = numbers::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(numbers::id.lt(after.id))));
    }
    let rows = rows.load(conn)?;
    let total = numbers::table.filter(own).count().get_result(conn)?;
    Ok(slice.page(rows, total, |number| After {
        created_at: number.created_at,
        id: number.id,
    }))
}

/// One calling number.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn calling_number(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<CallingNumber> {
    caller.require(Permission::ReadSettings)?;
    let number = CallingNumber::query()
        .filter(numbers::account_id.eq(caller.account.id))
        .filter(numbers::id.eq(id))
        .first(conn)
        .optional()?;
    number.ok_or(Error::NotFound(Noun::CallingNumber))
}

/// Those of an account, the oldest first.
pub(super) fn of_account(conn: &mut PgConnection, account_id: Uuid) -> Result<Vec<CallingNumber>> {
    Ok(CallingNumber::query()
        .filter(numbers::account_id.eq(account_id))
        .order((numbers::created_at, numbers::phone_number))
        .load(conn)?)
}
