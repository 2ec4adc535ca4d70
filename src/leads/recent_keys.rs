//! The keys that an account gives its leads.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::visibility;

/// A key.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
}

/// The keys of the newest leads tell; to look at all of them would take as long as there are leads.
fn keys(caller: &Caller) -> String {
    let seen = visibility::and_seen(caller, "leads");
    format!(
        "SELECT key FROM (
             SELECT metadata FROM leads WHERE account_id = $1 AND archived_at IS NULL{seen}
             ORDER BY created_at DESC, id DESC LIMIT 1000
         ) AS newest, jsonb_object_keys(metadata) AS key
         GROUP BY key ORDER BY count(*) DESC, key LIMIT 60"
    )
}

/// The keys of metadata that the newest leads have, by name; at most 60, those that most have.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn recent_keys(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<String>> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<Row> = diesel::sql_query(keys(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .load(conn)?;
    let mut keys: Vec<String> = rows.into_iter().map(|row| row.key).collect();
    keys.sort_by_cached_key(|key| crate::text::fold(key));
    Ok(keys)
}
