//! The leads of a workflow that is over: their runs are, too, and nothing more leaves.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::json;
use uuid::Uuid;

use super::super::super::words::{RunStatus, WorkflowStatus};
use super::{BATCH, Moved, Seen, batch};
use crate::accounts;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Actor, Caller, Sees};
use crate::error::Result;

const FINISH: &str = batch!(
    "true",
    "left_behind AS (
        UPDATE workflow_run_steps s
        SET state = 'done', exited_at = $5, wake_at = NULL, held_at = NULL, claimed_by_id = NULL,
            claim_ends_at = NULL
        FROM batch b WHERE s.account_id = b.account_id AND s.id = b.step_id
    ), called_off AS (
        UPDATE attempts a SET state = 'cancelled', wake_at = NULL, why = $7
        FROM batch b
        WHERE a.account_id = b.account_id AND a.id = b.step_id AND a.state = 'queued'
    ), planned AS (
        UPDATE leads l SET next_action_at = NULL
        FROM batch b WHERE l.account_id = b.account_id AND l.id = b.lead_id
    ), ended AS (
        UPDATE workflow_runs r SET status = $6, ended_at = $5, why = $7
        FROM batch b WHERE r.account_id = b.account_id AND r.id = b.run_id
    )"
);

pub fn finish(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    let (status, why) = match workflow.status {
        WorkflowStatus::Completed => (RunStatus::Completed, "the workflow was completed"),
        _ => (RunStatus::Removed, "the workflow was cancelled"),
    };
    let seen: Seen = sql_query(FINISH)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<SqlUuid, _>(after)
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(status)
        .bind::<Text, _>(why)
        .get_result(conn)?;
    tell(conn, workflow, now, &seen, (status, why))?;
    Ok(seen)
}

/// Each lead's timeline says it, as when its run ends alone.
fn tell(
    conn: &mut PgConnection,
    workflow: &Moved,
    now: DateTime<Utc>,
    seen: &Seen,
    (status, why): (RunStatus, &str),
) -> Result<()> {
    if seen.runs.is_empty() {
        return Ok(());
    }
    let worker = Caller {
        account: accounts::find(conn, workflow.account_id)?,
        actor: Actor::Worker,
        sees: Sees::All,
        request: None,
        now,
    };
    let ended = seen.runs.iter().zip(&seen.leads);
    let ended = ended.map(|(run_id, lead_id)| Change {
        event: Event::RunEnded,
        subject: Subject::Lead,
        subject_id: *lead_id,
        data: json!({
            "run_id": run_id, "workflow": {"id": workflow.id, "name": workflow.name},
            "status": status, "reason": why,
        }),
    });
    audit::write(conn, &worker, &ended.collect::<Vec<_>>())
}
