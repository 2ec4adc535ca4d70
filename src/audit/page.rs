//! One page of the audit, and how many entries the whole list has.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::cursor::Cursor;
use super::entry::Entry;
use super::query::Query;
use crate::caller::{Caller, Permission};
use crate::db::Counted;
use crate::error::Result;
use crate::paging::COUNT_UP_TO;

/// A page of entries, newest first.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// How many stand before it, as far as is known.
    pub position: u32,
    /// The page before this one.
    pub previous: Option<Cursor>,
    /// The page after this one.
    pub next: Option<Cursor>,
    /// How many the whole list has, where finding the page told.
    pub total: Option<i64>,
}

/// One page, found by walking one index from the cursor on.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn page(conn: &mut PgConnection, caller: &Caller, query: &Query) -> Result<Page> {
    caller.require(Permission::ReadAudit)?;
    let limit = query.limit as usize;
    let offset = match query.cursor {
        Some(_) => 0,
        None => query.offset,
    };
    let mut entries: Vec<Entry> = query
        .walk(query.filtered(caller))
        .offset(i64::from(offset))
        // One more than is shown tells whether there is another page.
        .limit(i64::from(query.limit) + 1)
        .select(Entry::as_select())
        .load(conn)?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    let backwards = query.backwards();
    if backwards {
        entries.reverse();
    }
    let shown = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let position = match &query.cursor {
        Some(cursor) if backwards => cursor.position.saturating_sub(shown),
        Some(cursor) => cursor.position,
        None => offset,
    };
    let (has_previous, has_next) = match &query.cursor {
        Some(_) if backwards => (more, true),
        Some(_) => (true, more),
        None => (offset > 0, more),
    };
    let at = |entry: Option<&Entry>, position, backwards| {
        entry.map(|entry| Cursor {
            created_at: entry.created_at,
            number: entry.number,
            position,
            backwards,
        })
    };
    let is_first = query.cursor.is_none() && offset == 0;
    Ok(Page {
        previous: at(entries.first().filter(|_| has_previous), position, true),
        next: at(
            entries.last().filter(|_| has_next),
            position.saturating_add(shown),
            false,
        ),
        total: (is_first && !more).then(|| i64::from(shown)),
        entries,
        position,
    })
}

/// How many entries the list of a page has; one more than [`COUNT_UP_TO`] when there are more.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn total(conn: &mut PgConnection, caller: &Caller, query: &Query, page: &Page) -> Result<i64> {
    caller.require(Permission::ReadAudit)?;
    if let Some(total) = page.total {
        return Ok(total);
    }
    let rows = query
        .filtered(caller)
        .select(sql::<Integer>("1"))
        .limit(COUNT_UP_TO + 1);
    Ok(Counted(rows).get_result(conn)?)
}
