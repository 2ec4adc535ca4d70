//! What leads are called, for lists that name them.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::lead::full_name;
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::Result;

/// The names of these leads; those that are gone, or that the caller does not see, have none. No query for none.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn called(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    caller.require(Permission::ReadLeads)?;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    type Row = (Uuid, String, Option<String>, Option<Uuid>, Option<Uuid>);
    let found: Vec<Row> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids))
        .select((
            leads::id,
            leads::first_name,
            leads::last_name,
            leads::owner_id,
            leads::team_id,
        ))
        .load(conn)?;
    let seen = found
        .into_iter()
        .filter(|(.., owner_id, team_id)| caller.sees.lead(*owner_id, *team_id));
    Ok(seen
        .map(|(id, first, last, ..)| (id, full_name(&first, last.as_deref())))
        .collect())
}
