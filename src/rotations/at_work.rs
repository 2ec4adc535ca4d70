//! Rotations as those see them who give leads, and those that found nobody.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::rotation::{Status, is_default};
use crate::caller::{Caller, Permission};
use crate::db::schema::rotations as rows;
use crate::error::Result;
use crate::text;

/// A rotation that leads can be given by.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = rows)]
pub struct AtWork {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The team whose leads it gives out.
    pub team_id: Option<Uuid>,
}

impl AtWork {
    /// As [`super::Rotation::is_default`].
    pub fn is_default(&self) -> bool {
        is_default(self.team_id, &self.name)
    }
}

/// The rotations at work, by name, for whoever may give leads.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to write leads.
pub fn at_work(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<AtWork>> {
    caller.require(Permission::WriteLeads)?;
    let mut found = AtWork::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::status.eq(Status::Active))
        .load(conn)?;
    found.sort_by_cached_key(|one| (text::fold(&one.name), one.id));
    Ok(found)
}

/// A rotation that found none of its members for some lead since somebody last looked.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = rows)]
pub struct Unserved {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How many leads.
    #[diesel(column_name = unserved)]
    pub leads: i64,
    /// Since when.
    #[diesel(select_expression = rows::unserved_at.assume_not_null())]
    pub since: DateTime<Utc>,
}

/// The rotations that found nobody for some lead, the longest ago first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to see settings.
pub fn unserved(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Unserved>> {
    caller.require(Permission::ReadSettings)?;
    Ok(Unserved::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::unserved.gt(0))
        .filter(rows::unserved_at.is_not_null())
        .order((rows::unserved_at, rows::id))
        .load(conn)?)
}
