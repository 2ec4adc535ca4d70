//! Leads that waited for the activation begin.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Int2, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::super::version;
use super::super::super::words::Priority;
use super::{BATCH, Moved, Seen, batch};
use crate::db::schema::workflows;
use crate::error::Result;

/// Their steps wake at the entry of the version that was published, also where the draft they came
/// into had another or none. The rest, the version itself and what is due for the lead, is written
/// with the decision that follows at once, so that those rows are written once.
const RELEASE: &str = batch!(
    "r.status = 'pending' AND s.wake_at IS NULL AND s.held_at IS NULL",
    "entered AS (
        UPDATE workflow_run_steps s
        SET node_id = $6, node_type = $7, label = $8, step_number = $9, max_attempts = $10,
            rank = $11, entered_at = $5, due_at = $5, wake_at = $5
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
    ), made AS (
        INSERT INTO workflow_run_steps (account_id, id, run_id, workflow_id, node_id, attempt,
            due_at, wake_at, entered_at, node_type, label, step_number, max_attempts, rank)
        SELECT account_id, gen_random_uuid(), run_id, $2, $6, 1, $5, $5, $5, $7, $8, $9, $10, $11
        FROM batch WHERE step_id IS NULL
    )"
);

pub fn release(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    let Some(version_id) = workflow.version_id else {
        return Ok(Seen::default());
    };
    let graphs = version::graphs(conn, &[workflow.account_id], &[version_id])?;
    let Some(entry) = graphs.get(&version_id).and_then(|graph| graph.entry()) else {
        return Ok(Seen::default());
    };
    let priority: Priority = workflows::table
        .find((workflow.account_id, workflow.id))
        .select(workflows::priority)
        .first(conn)?;
    Ok(sql_query(RELEASE)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<SqlUuid, _>(after)
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(entry.id)
        .bind::<Text, _>(entry.node_type)
        .bind::<Text, _>(&entry.label)
        .bind::<Nullable<Int4>, _>(entry.step_number)
        .bind::<Int4, _>(entry.max_attempts())
        .bind::<Int2, _>(priority.rank())
        .get_result(conn)?)
}
