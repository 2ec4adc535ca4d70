//! What leads are called, for lists that name them.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::error::Result;

/// The names of these leads; those that are gone have none. No query for none.
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
    let found: Vec<(Uuid, String, Option<String>)> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids))
        .select((leads::id, leads::first_name, leads::last_name))
        .load(conn)?;
    let found = found.into_iter();
    Ok(found
        .map(|(id, first, last)| match last {
            Some(last) => (id, format!("{first} {last}")),
            None => (id, first),
        })
        .collect())
}
