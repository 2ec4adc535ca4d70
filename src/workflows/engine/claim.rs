//! Taking due runs, so that no two workers have the same one.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::schema::workflow_run_steps;
use crate::error::Result;

/// Both rows of a run that others would move are locked, or it is passed over: a worker never
/// waits for a person, nor a person for more than the batch a worker has in hand. The workflow is
/// looked up for each step, not joined: right after many leads were set in motion the statistics
/// know of none of them, and a join would gather all that is due to sort it for one batch.
const DUE: &str = "
    SELECT s.account_id, s.run_id
    FROM workflow_run_steps s
    JOIN workflow_runs r ON r.account_id = s.account_id AND r.id = s.run_id
    JOIN leads l ON l.account_id = r.account_id AND l.id = r.lead_id
    WHERE s.wake_at <= $1
      AND (SELECT w.status FROM workflows w
           WHERE w.account_id = s.account_id AND w.id = s.workflow_id) = 'active'
      AND (s.claim_ends_at IS NULL OR s.claim_ends_at <= $1)
    ORDER BY s.wake_at
    LIMIT $2
    FOR NO KEY UPDATE OF s, l SKIP LOCKED";

/// Whether any step may be due: one look into the index, so that looking often costs nothing.
pub fn any(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<bool> {
    // The first of the order, not whether one exists: for that Postgres may read the whole table.
    let first: Option<Option<DateTime<Utc>>> = workflow_run_steps::table
        .filter(workflow_run_steps::wake_at.is_not_null())
        .order(workflow_run_steps::wake_at)
        .select(workflow_run_steps::wake_at)
        .first(conn)
        .optional()?;
    Ok(first.flatten().is_some_and(|at| at <= now))
}

#[derive(QueryableByName)]
struct Claimed {
    #[diesel(sql_type = SqlUuid)]
    account_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    run_id: Uuid,
}

/// The runs whose steps are due, at most `limit`, with their accounts, held until the transaction
/// ends. What a person has before them is left to them.
pub fn due(conn: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> Result<Vec<(Uuid, Uuid)>> {
    let claimed: Vec<Claimed> = sql_query(DUE)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    let runs = claimed.into_iter();
    Ok(runs.map(|one| (one.account_id, one.run_id)).collect())
}
