//! What happened to each of several things.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use uuid::Uuid;

use super::entry::Entry;
use crate::caller::Caller;
use crate::error::Result;

/// Of each thing its newest entries, by a walk along the index of its own.
const NEWEST: &str = "
    SELECT newest.* FROM unnest($2) AS subjects (id) CROSS JOIN LATERAL (
        SELECT * FROM audit_entries
        WHERE account_id = $1 AND subject_id = subjects.id
        ORDER BY created_at DESC, number DESC LIMIT $3
    ) AS newest
    ORDER BY newest.created_at, newest.number";

/// The newest entries about each of these things, at most `most` of each, oldest first: one query
/// for any number of things.
///
/// The caller has already been allowed to see the things.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn of_subjects(
    conn: &mut PgConnection,
    caller: &Caller,
    subject_ids: &[Uuid],
    most: i64,
) -> Result<HashMap<Uuid, Vec<Entry>>> {
    let mut entries: HashMap<Uuid, Vec<Entry>> = HashMap::new();
    if subject_ids.is_empty() {
        return Ok(entries);
    }
    let found: Vec<Entry> = diesel::sql_query(NEWEST)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(subject_ids)
        .bind::<BigInt, _>(most)
        .load(conn)?;
    for entry in found {
        entries.entry(entry.subject_id).or_default().push(entry);
    }
    Ok(entries)
}
