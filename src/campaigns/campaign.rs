//! Reading campaigns.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::{campaigns, leads};
use crate::error::{Error, Noun, Result};

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

/// One campaign.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such campaign.
pub fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Campaign> {
    caller.require(Permission::ReadLeads)?;
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
