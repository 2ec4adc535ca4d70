//! Leads that came in by mistake: those that nobody has touched go, with what belongs to them.

use std::collections::{HashMap, HashSet};

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Int4, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::keep::deleted;
use super::lead::Lead;
use crate::audit;
use crate::caller::{Caller, Permission};
use crate::db::schema::{campaigns, leads};
use crate::error::Result;

/// Whoever changed a lead, wrote on it, called it or has it on their desk has touched it.
const UNTOUCHED: &str = "
    SELECT l.id FROM unnest($2, $3) AS u (id, revision)
    JOIN leads l ON l.account_id = $1 AND l.id = u.id
    WHERE l.revision = u.revision AND l.archived_at IS NULL
      AND NOT EXISTS (SELECT FROM activities a
                      WHERE a.account_id = $1 AND a.lead_id = l.id)
      AND NOT EXISTS (SELECT FROM attempts t
                      WHERE t.account_id = $1 AND t.lead_id = l.id)
      AND NOT EXISTS (SELECT FROM workflow_runs r JOIN workflow_run_steps s
                          ON s.account_id = $1 AND s.run_id = r.id
                      WHERE r.account_id = $1 AND r.lead_id = l.id
                        AND (s.outcome IS NOT NULL OR s.claim_ends_at > $4))
    ORDER BY l.id FOR UPDATE OF l";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Those of these leads that nobody has touched since they had the given revision, held until the
/// transaction ends.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn untouched(
    conn: &mut PgConnection,
    caller: &Caller,
    leads: &[(Uuid, i32)],
) -> Result<Vec<Uuid>> {
    if leads.is_empty() {
        return Ok(Vec::new());
    }
    let (ids, revisions): (Vec<Uuid>, Vec<i32>) = leads.iter().copied().unzip();
    let found: Vec<Found> = diesel::sql_query(UNTOUCHED)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Int4>, _>(revisions)
        .bind::<Timestamptz, _>(caller.now)
        .load(conn)?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Deletes leads with their runs and notes, inside the caller's transaction, which holds them. Their
/// audit entries stay.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn delete_many(conn: &mut PgConnection, caller: &Caller, ids: &[Uuid]) -> Result<()> {
    caller.require(Permission::DeleteLeads)?;
    if ids.is_empty() {
        return Ok(());
    }
    let gone: Vec<Lead> = diesel::delete(
        leads::table
            .filter(leads::account_id.eq(caller.account.id))
            .filter(leads::id.eq_any(ids)),
    )
    .returning(Lead::as_returning())
    .get_results(conn)?;
    let entries: Vec<audit::Change> = gone.iter().map(deleted).collect();
    audit::write(conn, caller, &entries)
}

/// Those of these leads that are there, archived ones too, held against other changes until the
/// transaction ends.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn hold_many(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Lead>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let held: Vec<Lead> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids))
        .order(leads::id)
        .select(Lead::as_select())
        .for_no_key_update()
        .load(conn)?;
    Ok(held.into_iter().map(|lead| (lead.id, lead)).collect())
}

/// The ids of all campaigns of the account.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn campaigns_of(conn: &mut PgConnection, caller: &Caller) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = campaigns::table
        .filter(campaigns::account_id.eq(caller.account.id))
        .select(campaigns::id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}
