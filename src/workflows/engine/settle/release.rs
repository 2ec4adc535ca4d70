//! Leads that waited for the activation begin.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Int2, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};

use super::super::super::version;
use super::super::super::words::Priority;
use super::{BATCH, Moved, batch};
use crate::db::schema::workflows;
use crate::error::Result;

/// They come to the entry of the version that was published, also where the draft they came into
/// had another or none. When something is due for a lead is written with the decision that
/// follows at once: its row has too many indexes to be written twice.
const RELEASE: &str = concat!(
    batch!("r.status = 'pending'"),
    ", entered AS (
        UPDATE workflow_run_steps s
        SET node_id = $5, node_type = $6, label = $7, step_number = $8, max_attempts = $9,
            rank = $10, entered_at = $4, due_at = $4, wake_at = $4, held_at = NULL
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
    ), made AS (
        INSERT INTO workflow_run_steps (account_id, id, run_id, workflow_id, node_id, attempt,
            due_at, wake_at, entered_at, node_type, label, step_number, max_attempts, rank)
        SELECT account_id, gen_random_uuid(), run_id, $2, $5, 1, $4, $4, $4, $6, $7, $8, $9, $10
        FROM batch WHERE step_id IS NULL
    )
    UPDATE workflow_runs r
    SET status = 'in_progress', version_id = $11, step_count = $12, current_node_id = $5
    FROM batch b WHERE r.account_id = b.account_id AND r.id = b.run_id"
);

pub fn release(conn: &mut PgConnection, workflow: &Moved, now: DateTime<Utc>) -> Result<usize> {
    let Some(version_id) = workflow.version_id else {
        return Ok(0);
    };
    let graphs = version::graphs(conn, &[version_id])?;
    let Some(entry) = graphs.get(&version_id).and_then(|graph| graph.entry()) else {
        return Ok(0);
    };
    let (priority, step_count): (Priority, i32) = workflows::table
        .find((workflow.account_id, workflow.id))
        .select((workflows::priority, workflows::step_count))
        .first(conn)?;
    Ok(sql_query(RELEASE)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<Timestamptz, _>(now)
        .bind::<SqlUuid, _>(entry.id)
        .bind::<Text, _>(entry.node_type)
        .bind::<Text, _>(&entry.label)
        .bind::<Nullable<Int4>, _>(entry.step_number)
        .bind::<Int4, _>(entry.max_attempts())
        .bind::<Int2, _>(priority.rank())
        .bind::<SqlUuid, _>(version_id)
        .bind::<Int4, _>(step_count)
        .execute(conn)?)
}
