//! The clocks of a workflow's steps stand still while it is paused, and go on where they stood.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::{BATCH, Moved, Seen, batch};
use crate::error::Result;

/// What was handed over stays so: its report may come.
const HOLD: &str = batch!(
    "s.wake_at IS NOT NULL",
    "planned AS (
        UPDATE leads l SET next_action_at = NULL
        FROM batch b WHERE l.account_id = b.account_id AND l.id = b.lead_id
    ), held AS (
        UPDATE workflow_run_steps s
        SET held_at = coalesce(s.held_at, $5), wake_at = NULL, claimed_by_id = NULL,
            claim_ends_at = NULL, state = CASE s.state WHEN 'task' THEN 'scheduled' ELSE s.state END
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
    )"
);

/// What was left of a wait when its clock stopped is left now; a report has its day again. Contact
/// hours are not a wait of its own: a step that was planned by them is looked at at once, and where
/// it falls is asked again. What a person holds stays held.
const WAKE: &str = batch!(
    "s.held_at IS NOT NULL AND r.status <> 'paused'",
    "woken AS (
        UPDATE workflow_run_steps s
        SET held_at = NULL,
            due_at = CASE s.state WHEN 'sent' THEN s.due_at
                ELSE $5 + greatest(s.due_at - s.held_at, interval '0') END,
            ready_at = $5 + greatest(s.ready_at - s.held_at, interval '0'), hours_revision = NULL,
            wake_at = $5 + CASE WHEN s.state = 'sent' THEN interval '1 day'
                WHEN s.ready_at IS NOT NULL THEN interval '0'
                ELSE greatest(s.due_at - s.held_at, interval '0') END
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
        RETURNING s.account_id, s.run_id, s.due_at
    ), planned AS (
        UPDATE leads l SET next_action_at = w.due_at
        FROM woken w JOIN batch b ON b.account_id = w.account_id AND b.run_id = w.run_id
        WHERE l.account_id = b.account_id AND l.id = b.lead_id
    )"
);

pub fn hold(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    run(
        conn,
        HOLD,
        workflow,
        workflow.paused_at.unwrap_or(now),
        after,
    )
}

pub fn wake(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    run(conn, WAKE, workflow, now, after)
}

fn run(
    conn: &mut PgConnection,
    statement: &str,
    workflow: &Moved,
    at: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    Ok(sql_query(statement)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<SqlUuid, _>(after)
        .bind::<Timestamptz, _>(at)
        .get_result(conn)?)
}
