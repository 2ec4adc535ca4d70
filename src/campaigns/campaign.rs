//! Reading campaigns.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, sql};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::{campaigns, leads};
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};
use crate::visibility;

/// A campaign and how many leads that the caller sees carry it, archived ones too.
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
    /// How many of them carry it.
    pub lead_count: i64,
}

diesel::alias!(leads as counted: Counted);

/// Every campaign, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn list(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Campaign>> {
    caller.require(Permission::ReadLeads)?;
    let all = with_counts(caller.account.id)
        .order((campaigns::created_at.desc(), campaigns::id.desc()))
        .load(conn)?;
    recounted(conn, caller, all)
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
    let rows = recounted(conn, caller, rows)?;
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
    let campaign = load(conn, caller, id)?;
    let mut found = recounted(conn, caller, vec![campaign])?;
    found.pop().ok_or(Error::NotFound(Noun::Campaign))
}

/// The same for a caller who has been allowed to change it.
pub(super) fn load(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Campaign> {
    with_counts(caller.account.id)
        .filter(campaigns::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Campaign))
}

/// The leads of these campaigns are counted again for a caller who does not see all: the index that
/// counts them for everybody else does not know whose they are.
fn recounted(
    conn: &mut PgConnection,
    caller: &Caller,
    mut campaigns: Vec<Campaign>,
) -> Result<Vec<Campaign>> {
    let Some(seen) = visibility::condition(caller, "leads") else {
        return Ok(campaigns);
    };
    let ids = campaigns.iter().map(|campaign| campaign.id);
    let counts: Vec<(Option<Uuid>, i64)> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::campaign_id.eq_any(ids.collect::<Vec<_>>()))
        .filter(sql::<Bool>(&seen))
        .group_by(leads::campaign_id)
        .select((leads::campaign_id, count_star()))
        .load(conn)?;
    for campaign in &mut campaigns {
        let its = counts.iter().find(|(id, _)| *id == Some(campaign.id));
        campaign.lead_count = its.map_or(0, |(_, count)| *count);
    }
    Ok(campaigns)
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
