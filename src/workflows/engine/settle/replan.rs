//! After contact hours changed, what waits by them is asked again.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Int4, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::{BATCH, Moved, Seen, batch};
use crate::error::Result;

/// They only wake: the decision is the one that every step gets whose time has come, and marks it
/// as planned by the hours that hold now. Tasks do too, since they leave Today with the hours. What
/// a lead waits for by itself, and what a person set a time for, has no `ready_at` and stays.
const REPLAN: &str = batch!(
    "s.wake_at > $5 AND s.hours_revision IS DISTINCT FROM $6
        AND (s.state = 'task' OR s.state = 'scheduled' AND s.ready_at IS NOT NULL)",
    "woken AS (
        UPDATE workflow_run_steps s SET wake_at = $5
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
    )"
);

pub fn replan(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    if workflow.hours_revision == 0 {
        // They never changed.
        return Ok(Seen::default());
    }
    Ok(sql_query(REPLAN)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<SqlUuid, _>(after)
        .bind::<Timestamptz, _>(now)
        .bind::<Int4, _>(workflow.hours_revision)
        .get_result(conn)?)
}
