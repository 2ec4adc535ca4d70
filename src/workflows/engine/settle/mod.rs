//! After a workflow was activated, paused, resumed, published or ended, its leads follow, a batch
//! at a time: the move itself is one row and takes no longer for a hundred thousand leads.

mod finish;
mod go_over;
mod hold;
mod release;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::words::WorkflowStatus;
use crate::db::schema::workflows;
use crate::error::Result;

/// How long the worker sees to a workflow's leads after a move: whoever was being enrolled at that
/// instant is there by then.
pub const SETTLES_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// How many runs one statement takes.
const BATCH: i64 = 2_000;

/// The runs of a workflow that do not stand yet as its last move wants them, locked with their
/// leads; those that somebody else has are passed over until next time.
macro_rules! batch {
    ($which:literal) => {
        concat!(
            "WITH batch AS (
                SELECT r.account_id, r.id AS run_id, r.lead_id, s.id AS step_id
                FROM workflow_runs r
                JOIN leads l ON l.account_id = r.account_id AND l.id = r.lead_id
                LEFT JOIN workflow_run_steps s ON s.account_id = r.account_id
                    AND s.run_id = r.id AND s.exited_at IS NULL
                WHERE r.account_id = $1 AND r.workflow_id = $2 AND r.ended_at IS NULL AND ",
            $which,
            " LIMIT $3 FOR NO KEY UPDATE OF r, l SKIP LOCKED)"
        )
    };
}
use batch;

/// A workflow whose leads are seen to.
#[derive(Debug, Queryable)]
struct Moved {
    account_id: Uuid,
    id: Uuid,
    status: WorkflowStatus,
    version_id: Option<Uuid>,
    paused_at: Option<DateTime<Utc>>,
    settles_at: Option<DateTime<Utc>>,
}

/// Brings the next batch of leads to where the last move of their workflow wants them, each in a
/// transaction of its own; how many it brought.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn settle(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    let moved: Vec<Moved> = workflows::table
        .filter(workflows::settles_at.is_not_null())
        .select((
            workflows::account_id,
            workflows::id,
            workflows::status,
            workflows::version_id,
            workflows::paused_at,
            workflows::settles_at,
        ))
        .load(conn)?;
    let mut brought = 0;
    for workflow in moved {
        let followed = conn.transaction(|conn| follow(conn, &workflow, now))?;
        if followed == 0 && workflow.settles_at.is_some_and(|at| at <= now) {
            diesel::update(workflows::table.find((workflow.account_id, workflow.id)))
                // A move that came in between has its own.
                .filter(workflows::settles_at.eq(workflow.settles_at))
                .set(workflows::settles_at.eq(None::<DateTime<Utc>>))
                .execute(conn)?;
        }
        brought += followed;
    }
    Ok(brought)
}

fn follow(conn: &mut PgConnection, workflow: &Moved, now: DateTime<Utc>) -> Result<usize> {
    // As it stands now, not as it was read: the move of this instant waits for us, or we for it.
    let still: Option<WorkflowStatus> = workflows::table
        .find((workflow.account_id, workflow.id))
        .filter(workflows::status.eq(workflow.status))
        .filter(workflows::settles_at.eq(workflow.settles_at))
        .select(workflows::status)
        .for_share()
        .first(conn)
        .optional()?;
    match still {
        None => Ok(0),
        Some(WorkflowStatus::Draft) => Ok(0),
        Some(WorkflowStatus::Active) => Ok(release::release(conn, workflow, now)?
            + hold::wake(conn, workflow, now)?
            + go_over::go_over(conn, workflow)?),
        Some(WorkflowStatus::Paused) => hold::hold(conn, workflow, now),
        Some(WorkflowStatus::Completed | WorkflowStatus::Cancelled) => {
            finish::finish(conn, workflow, now)
        }
    }
}
