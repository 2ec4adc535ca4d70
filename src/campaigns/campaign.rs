//! Reading campaigns.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::{campaigns, leads};
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};

/// A campaign and how many leads carry it, archived ones too.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Campaign {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// How many leads carry it.
    pub lead_count: i64,
}

diesel::alias!(leads as counted: Counted);

/// Every campaign, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn list(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Campaign>> {
    caller.require(Permission::ReadLeads)?;
    Ok(with_counts(caller.account.id)
        .order((campaigns::created_at.desc(), campaigns::id.desc()))
        .load(conn)?)
}

/// A page of the campaigns, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn page(conn: &mut PgConnection, caller: &Caller, slice: &Slice) -> Result<Page<Campaign>> {
    caller.require(Permission::ReadLeads)?;
    let mut rows = with_counts(caller.account.id)
        .order((campaigns::created_at.desc(), campaigns::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let older = campaigns::created_at.lt(after.created_at);
        let as_old = campaigns::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(campaigns::id.lt(after.id))));
    }
    let rows = rows.load(conn)?;
    let total = campaigns::table
        .filter(campaigns::account_id.eq(caller.account.id))
        .count()
        .get_result(conn)?;
    Ok(slice.page(rows, total, |campaign| After {
        created_at: campaign.created_at,
        id: campaign.id,
    }))
}

/// One campaign.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such campaign.
pub fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Campaign> {
    caller.require(Permission::ReadLeads)?;
    load(conn, caller, id)
}

/// The same for a caller who has been allowed to change it.
pub(super) fn load(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Campaign> {
    with_counts(caller.account.id)
        .filter(campaigns::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Campaign))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn with_counts(account_id: Uuid) -> _ {
    let lead_count = counted
        .filter(counted.field(leads::account_id).eq(account_id))
        .filter(
            counted
                .field(leads::campaign_id)
                .eq(campaigns::id.nullable()),
        )
        .select(count_star());
    campaigns::table
        .filter(campaigns::account_id.eq(account_id))
        .select((
            campaigns::id,
            campaigns::name,
            campaigns::description,
            campaigns::created_at,
            campaigns::updated_at,
            lead_count.single_value().assume_not_null(),
        ))
}
