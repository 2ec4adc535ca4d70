//! Reading the list.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::entry::Entry;
use super::gate::{By, Contact, gate};
use crate::caller::{Caller, Permission};
use crate::db::schema::do_not_contact_entries as entries;
use crate::error::{Error, Noun, Result};
use crate::paging::{Page, Slice};
use crate::{phone, text};

/// A page of the list, newest first: all of it, or what `query` is part of, as a number in any
/// spelling, an address or a reason.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn page(
    conn: &mut PgConnection,
    caller: &Caller,
    slice: &Slice,
    query: Option<&str>,
) -> Result<Page<Entry>> {
    caller.require(Permission::ReadLeads)?;
    let query = query.map(str::trim).filter(|query| !query.is_empty());
    let mut rows = Entry::query()
        .filter(entries::account_id.eq(caller.account.id))
        .order((entries::created_at.desc(), entries::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    let mut all = entries::table
        .filter(entries::account_id.eq(caller.account.id))
        .into_boxed();
    if let Some(query) = query {
        let number = phone::e164(query, &caller.account.default_country);
        rows = rows.filter(about(query, number.clone()));
        all = all.filter(about(query, number));
    }
    if let Some(after) = slice.after() {
        let older = entries::created_at.lt(after.created_at);
        let as_old = entries::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(entries::id.lt(after.id))));
    }
    let rows = rows.load(conn)?;
    let total = all.count().get_result(conn)?;
    Ok(slice.page(rows, total, Entry::place))
}

/// One entry.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account's list has no such entry.
pub fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Entry> {
    caller.require(Permission::ReadLeads)?;
    Entry::query()
        .filter(entries::account_id.eq(caller.account.id))
        .filter(entries::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::DoNotContactEntry))
}

fn about(
    query: &str,
    number: Option<String>,
) -> Box<dyn BoxableExpression<entries::table, Pg, SqlType = Bool>> {
    // Nothing in the database holds a NUL, and it can't even be asked for one.
    let part = text::holding(&query.replace('\0', "\u{fffd}"));
    let parts = entries::value
        .ilike(part.clone())
        .or(entries::reason.ilike(part));
    match number {
        Some(number) => Box::new(parts.or(entries::value.eq(number))),
        None => Box::new(parts),
    }
}

/// The entry that stands in the way of reaching somebody by any way.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn find_for(
    conn: &mut PgConnection,
    caller: &Caller,
    contact: &Contact,
) -> Result<Option<Entry>> {
    caller.require(Permission::ReadLeads)?;
    let asked = [(contact.clone(), By::Anything)];
    let answers = gate(conn, caller.account.id, &asked)?;
    Ok(answers.into_iter().find_map(std::result::Result::err))
}
