//! One page of a list of leads, and how many leads the list holds.

use std::collections::HashMap;

use chrono::SecondsFormat;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::cursor::Cursor;
use super::filter::{NEVER, Query};
use super::lead::Lead;
use super::order::Sort;
use super::view::{LeadView, views};
use super::{rules, search, sight};
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::Result;
pub use crate::paging::COUNT_UP_TO;

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its rows, in the list's order.
    pub leads: Vec<LeadView>,
    /// How many rows stand before it, as far as is known.
    pub position: u32,
    /// The page before this one.
    pub previous: Option<Cursor>,
    /// The page after this one.
    pub next: Option<Cursor>,
    /// How many rows the whole list has, where finding the page told.
    pub total: Option<i64>,
    /// How many rows it has at least.
    pub at_least: i64,
}

/// How many leads a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// So many.
    pub leads: i64,
    /// Whether that is all of them; there may be more where counting stopped.
    pub is_exact: bool,
}

impl Total {
    /// What was counted to one more than counting goes ([`COUNT_UP_TO`]).
    pub fn of(counted: i64) -> Self {
        Self::up_to(COUNT_UP_TO, counted)
    }

    /// The same where it goes less far.
    pub fn up_to(up_to: i64, counted: i64) -> Self {
        Self {
            leads: counted.min(up_to),
            is_exact: counted <= up_to,
        }
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        let both = Self::of(self.leads + other.leads);
        Self {
            is_exact: both.is_exact && self.is_exact && other.is_exact,
            ..both
        }
    }
}

/// One page: its rows are found by walking one index, or by the words they hold, then read with
/// what belongs to them. Two queries, however many rows.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::Invalid`] for a cursor of another
/// order.
pub fn page(conn: &mut PgConnection, caller: &Caller, query: &Query) -> Result<Page> {
    caller.require(Permission::ReadLeads)?;
    let limit = i64::from(query.limit);
    let offset = if query.cursor.is_some() {
        0
    } else {
        query.offset
    };
    // One more than is shown tells whether there is another page.
    let (mut found, counted) = found(conn, caller, query, limit + 1)?;
    let more = found.len() as i64 > limit;
    found.truncate(query.limit as usize);
    let backwards = query.backwards();
    if backwards {
        found.reverse();
    }
    let mut leads = Vec::new();
    if !found.is_empty() {
        let views = views(caller.account.id).filter(leads::id.eq_any(&found));
        leads = in_order(views.load(conn)?, &found);
    }
    let shown = u32::try_from(leads.len()).unwrap_or(u32::MAX);
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
    let seen = i64::from(position) + i64::from(shown);
    let total = match counted {
        Some(counted) if counted <= search::SOME => Some(counted),
        None if !has_next && (shown > 0 || position == 0) => Some(seen),
        _ => None,
    };
    let at = |view: Option<&LeadView>, position, backwards| {
        view.map(|view| cursor_at(&view.lead, query.sort, position, backwards))
    };
    Ok(Page {
        previous: at(leads.first().filter(|_| has_previous), position, true),
        next: at(
            leads.last().filter(|_| has_next),
            position.saturating_add(shown),
            false,
        ),
        total,
        at_least: counted.unwrap_or_default().max(seen),
        leads,
        position,
    })
}

/// The first `limit` ids from the query's place on, in the order of the walk, and how many there
/// are when finding them told.
pub(super) fn found(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    limit: i64,
) -> Result<(Vec<Uuid>, Option<i64>)> {
    let offset = match query.cursor {
        Some(_) => 0,
        None => query.offset,
    };
    if query.searches() && offset == 0 {
        return search::first(conn, caller, query, limit);
    }
    let ids = sight::walked(conn, caller, query, (i64::from(offset), limit))?;
    Ok((ids, None))
}

/// How many leads the list of a page holds, up to `up_to`. Only what the page did not tell is
/// counted.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn total(
    conn: &mut PgConnection,
    caller: &Caller,
    query: &Query,
    page: &Page,
    up_to: i64,
) -> Result<Total> {
    if let Some(leads) = page.total {
        return Ok(Total {
            leads: leads.min(up_to),
            is_exact: leads <= up_to,
        });
    }
    let leads = match page.at_least > up_to {
        true => up_to,
        false => count(conn, caller, query, up_to)?,
    };
    Ok(Total {
        leads,
        is_exact: leads < up_to,
    })
}

/// How many leads pass the filters, counted up to `up_to`.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn count(conn: &mut PgConnection, caller: &Caller, query: &Query, up_to: i64) -> Result<i64> {
    caller.require(Permission::ReadLeads)?;
    sight::counted(conn, caller, query, up_to)
}

pub(super) fn in_order(views: Vec<LeadView>, ids: &[Uuid]) -> Vec<LeadView> {
    let mut by_id: HashMap<Uuid, LeadView> =
        views.into_iter().map(|view| (view.lead.id, view)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

pub(super) fn cursor_at(lead: &Lead, sort: Sort, position: u32, backwards: bool) -> Cursor {
    let micros =
        |time: chrono::DateTime<chrono::Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true);
    let key = match sort {
        Sort::CreatedAt => micros(lead.created_at),
        Sort::UpdatedAt => micros(lead.updated_at),
        Sort::LastName => rules::sort_name(&lead.first_name, lead.last_name.as_deref()),
        Sort::NextActionAt => lead.next_action_at.map_or_else(|| NEVER.to_owned(), micros),
    };
    Cursor {
        key,
        id: lead.id,
        position,
        backwards,
    }
}
