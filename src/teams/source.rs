//! Reading lead sources.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::lead_sources as rows;
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};
use crate::text;

/// Where leads come from.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = rows)]
pub struct LeadSource {
    /// Its id.
    pub id: Uuid,
    /// Its short number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The team it belongs to; without one every lead may come from it.
    pub team_id: Option<Uuid>,
    /// Whether it takes new leads.
    #[diesel(column_name = active)]
    pub is_active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Every source, of the account and of its teams, those that are active first, by name.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn sources(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<LeadSource>> {
    caller.require(Permission::ReadSettings)?;
    let mut sources = LeadSource::query()
        .filter(rows::account_id.eq(caller.account.id))
        .load(conn)?;
    sources.sort_by_cached_key(|one| (!one.is_active, text::fold(&one.name), one.number));
    Ok(sources)
}

/// A page of the sources, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn source_page(
    conn: &mut PgConnection,
    caller: &Caller,
    slice: &Slice,
) -> Result<Page<LeadSource>> {
    caller.require(Permission::ReadSettings)?;
    let own = rows::account_id.eq(caller.account.id);
    let mut found = LeadSource::query()
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
    Ok(slice.page(found, total, |source| After {
        created_at: source.created_at,
        id: source.id,
    }))
}

/// One source.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn source(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadSource> {
    caller.require(Permission::ReadSettings)?;
    let source = LeadSource::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .first(conn)
        .optional()?;
    source.ok_or(Error::NotFound(Noun::LeadSource))
}
