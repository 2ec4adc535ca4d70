//! Reading destinations.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::destinations as rows;
use crate::error::{Error, Noun, Result};
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

/// Those of an account, by country and prefix.
pub(super) fn of_account(conn: &mut PgConnection, account_id: Uuid) -> Result<Vec<Destination>> {
    Ok(Destination::query()
        .filter(rows::account_id.eq(account_id))
        .order((rows::country, rows::prefix.asc().nulls_first()))
        .load(conn)?)
}
