//! Whoever owns the leads of runs.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::live::Live;
use crate::caller::Role;
use crate::db::schema::users;
use crate::error::Result;

/// Whoever owns a lead.
#[derive(Queryable)]
pub struct Owner {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub deactivated_at: Option<DateTime<Utc>>,
    pub time_zone: Option<String>,
}

/// Those of runs, by id: one query, none where nobody owns any.
pub fn owners(
    conn: &mut PgConnection,
    accounts: &[Uuid],
    lives: &[Live],
) -> Result<HashMap<Uuid, Owner>> {
    let ids: HashSet<Uuid> = lives.iter().filter_map(|live| live.lead.owner_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let owners: Vec<Owner> = users::table
        .filter(users::account_id.eq_any(accounts))
        .filter(users::id.eq_any(ids))
        .select((
            users::id,
            users::email,
            users::name,
            users::role,
            users::deactivated_at,
            users::time_zone,
        ))
        .load(conn)?;
    Ok(owners.into_iter().map(|owner| (owner.id, owner)).collect())
}
