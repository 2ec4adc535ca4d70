//! Sealing what has been written.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::digest::{GONE, digest, link};
use crate::audit::Entry;
use crate::db::schema::{accounts, audit_entries, audit_seals, audit_unsealed};
use crate::error::Result;
use crate::ids;

/// A seal is full when it holds so many entries; the last that comes into it may have as many.
const FULL: i64 = 1_000;

/// What waits longest, until a seal is full.
const TAKE: &str = "
    DELETE FROM audit_unsealed WHERE account_id = $1 AND id IN (
        SELECT id FROM (
            SELECT id, sum(cardinality(entry_ids)) OVER (ORDER BY created_at, id)
                       - cardinality(entry_ids) AS before
            FROM (SELECT id, entry_ids, created_at FROM audit_unsealed WHERE account_id = $1
                  ORDER BY created_at, id LIMIT $2) AS oldest
        ) AS counted WHERE before < $2
    ) RETURNING created_at, id, entry_ids";

#[derive(QueryableByName)]
struct Unsealed {
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Array<SqlUuid>)]
    entry_ids: Vec<Uuid>,
}

/// Makes one seal of entries that have none, in one transaction; how many entries it holds, 0 when
/// all of them are sealed or somebody else is at it.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn seal(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    conn.transaction(|conn| {
        let waiting = audit_unsealed::table.select(audit_unsealed::account_id);
        let Some(account_id) = waiting.first::<Uuid>(conn).optional()? else {
            return Ok(0);
        };
        // Whoever holds the account's row makes its next seal. Changes don't need that row.
        let held: Option<Uuid> = accounts::table
            .find(account_id)
            .select(accounts::id)
            .for_no_key_update()
            .skip_locked()
            .first(conn)
            .optional()?;
        if held.is_none() {
            return Ok(0);
        }
        let mut taken: Vec<Unsealed> = diesel::sql_query(TAKE)
            .bind::<SqlUuid, _>(account_id)
            .bind::<BigInt, _>(FULL)
            .load(conn)?;
        taken.sort_by_key(|one| (one.created_at, one.id));
        let entry_ids: Vec<Uuid> = taken.into_iter().flat_map(|one| one.entry_ids).collect();
        if entry_ids.is_empty() {
            return Ok(0);
        }
        write(conn, account_id, now, &entry_ids)?;
        Ok(entry_ids.len())
    })
}

fn write(
    conn: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
    entry_ids: &[Uuid],
) -> Result<()> {
    let entries: HashMap<Uuid, [u8; 32]> = Entry::query()
        .filter(audit_entries::account_id.eq(account_id))
        .filter(audit_entries::id.eq_any(entry_ids))
        .load(conn)?
        .iter()
        .map(|entry| (entry.id, digest(entry)))
        .collect();
    let digests = entry_ids.iter().map(|id| entries.get(id).unwrap_or(&GONE));
    let digests: Vec<u8> = digests.flatten().copied().collect();
    let last: Option<(i64, Vec<u8>)> = audit_seals::table
        .filter(audit_seals::account_id.eq(account_id))
        .order(audit_seals::position.desc())
        .select((audit_seals::position, audit_seals::hash))
        .first(conn)
        .optional()?;
    let (position, previous) = match &last {
        Some((position, hash)) => (position + 1, Some(hash.as_slice())),
        None => (1, None),
    };
    let hash = link(previous, account_id, position, entry_ids, &digests);
    diesel::insert_into(audit_seals::table)
        .values((
            audit_seals::account_id.eq(account_id),
            audit_seals::id.eq(ids::new(now)),
            audit_seals::position.eq(position),
            audit_seals::entry_ids.eq(entry_ids),
            audit_seals::digests.eq(&digests),
            audit_seals::hash.eq(hash.as_slice()),
            audit_seals::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
