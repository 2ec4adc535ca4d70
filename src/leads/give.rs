//! Leads change hands, with the tasks that their runs are at.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::caller::Caller;
use crate::db::schema::leads;
use crate::error::Result;

/// Gives each of these leads to an owner of its own, with the tasks that their runs are at, inside the
/// caller's transaction, which writes the audit: three statements, however many they are. Those that
/// changed hands, and whose they were.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn give_each(
    conn: &mut PgConnection,
    caller: &Caller,
    given: &[(Uuid, Option<Uuid>)],
) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    let owners: HashMap<Uuid, Option<Uuid>> = given.iter().copied().collect();
    // Held in one order, so that two who give the same leads don't wait for each other in a ring.
    let mut held: Vec<(Uuid, Option<Uuid>)> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(owners.keys()))
        .order(leads::id)
        .select((leads::id, leads::owner_id))
        .for_no_key_update()
        .load(conn)?;
    held.retain(|(id, from)| owners.get(id).is_some_and(|to| to != from));
    if held.is_empty() {
        return Ok(held);
    }
    let ids: Vec<Uuid> = held.iter().map(|(id, _)| *id).collect();
    let to: Vec<Option<Uuid>> = ids.iter().map(|id| owners[id]).collect();
    diesel::sql_query(
        "UPDATE leads l SET owner_id = t.owner_id, revision = l.revision + 1, updated_at = $4
         FROM unnest($2, $3) AS t (id, owner_id)
         WHERE l.account_id = $1 AND l.id = t.id",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(&ids)
    .bind::<Array<Nullable<SqlUuid>>, _>(to)
    .bind::<Timestamptz, _>(caller.now)
    .execute(conn)?;
    hand_over_tasks(conn, caller, &ids)?;
    Ok(held)
}

/// The steps that the runs of these leads are at become the tasks of whoever owns the leads now, and
/// leave whoever has them before them.
pub(super) fn hand_over_tasks(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_ids: &[Uuid],
) -> Result<()> {
    diesel::sql_query(
        "UPDATE workflow_run_steps s
         SET owner_id = l.owner_id, claimed_by_id = NULL, claim_ends_at = NULL
         FROM workflow_runs r JOIN leads l ON l.account_id = r.account_id AND l.id = r.lead_id
         WHERE r.account_id = $1 AND r.lead_id = ANY($2) AND r.ended_at IS NULL
           AND s.account_id = $1 AND s.run_id = r.id AND s.exited_at IS NULL",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(lead_ids)
    .execute(conn)?;
    Ok(())
}
