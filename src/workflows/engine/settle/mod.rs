//! After a workflow was activated, paused, resumed, published or ended, or its contact hours
//! changed, its leads follow, a batch at a time: the move itself is one row and takes no longer for
//! a hundred thousand leads. So do the leads that a new entry of the do-not-contact list names.

mod finish;
mod go_over;
mod hold;
mod listed;
mod release;
mod replan;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::words::WorkflowStatus;
use crate::db::schema::workflows;
use crate::error::Result;

/// How long the worker sees to a workflow's leads after a move: whoever was being enrolled at that
/// instant is there by then.
pub const SETTLES_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// How many runs one statement takes, and how many statements one call makes of a kind.
const BATCH: i64 = 2_000;
const BATCHES: usize = 10;

/// The runs of a workflow that do not stand yet as its last move wants them, in the order of their
/// ids, locked with their leads; those that somebody else has are passed over until next time.
macro_rules! batch {
    ($which:literal, $done:literal) => {
        concat!(
            "WITH batch AS (
                SELECT r.account_id, r.id AS run_id, r.lead_id, s.id AS step_id
                FROM workflow_runs r
                JOIN leads l ON l.account_id = r.account_id AND l.id = r.lead_id
                LEFT JOIN workflow_run_steps s ON s.account_id = r.account_id
                    AND s.run_id = r.id AND s.exited_at IS NULL
                WHERE r.account_id = $1 AND r.workflow_id = $2 AND r.ended_at IS NULL
                    AND r.id > $4 AND ",
            $which,
            " ORDER BY r.id LIMIT $3 FOR NO KEY UPDATE OF r, l SKIP LOCKED), ",
            $done,
            " SELECT coalesce(array_agg(run_id ORDER BY run_id), '{}') AS runs,
                coalesce(array_agg(lead_id ORDER BY run_id), '{}') AS leads
            FROM batch"
        )
    };
}
use batch;

/// The runs of a batch in the order of their ids, and the lead of each.
#[derive(Default, QueryableByName)]
struct Seen {
    #[diesel(sql_type = Array<SqlUuid>)]
    runs: Vec<Uuid>,
    #[diesel(sql_type = Array<SqlUuid>)]
    leads: Vec<Uuid>,
}

/// One kind of following: a batch of runs after the one that was seen last.
type Pass = fn(&mut PgConnection, &Moved, DateTime<Utc>, Uuid) -> Result<Seen>;

/// A workflow whose leads are seen to.
#[derive(Debug, Queryable)]
struct Moved {
    account_id: Uuid,
    id: Uuid,
    name: String,
    status: WorkflowStatus,
    version_id: Option<Uuid>,
    paused_at: Option<DateTime<Utc>>,
    settles_at: Option<DateTime<Utc>>,
    hours_revision: i32,
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
            workflows::name,
            workflows::status,
            workflows::version_id,
            workflows::paused_at,
            workflows::settles_at,
            workflows::hours_revision,
        ))
        .load(conn)?;
    let mut brought = listed::take_out(conn, now)?;
    for workflow in moved {
        let mut followed = 0;
        for pass in passes(workflow.status) {
            followed += go(conn, &workflow, now, *pass)?;
        }
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

fn passes(status: WorkflowStatus) -> &'static [Pass] {
    match status {
        WorkflowStatus::Draft => &[],
        WorkflowStatus::Active => &[
            release::release,
            hold::wake,
            go_over::go_over,
            replan::replan,
        ],
        WorkflowStatus::Paused => &[hold::hold],
        WorkflowStatus::Completed | WorkflowStatus::Cancelled => &[finish::finish],
    }
}

/// Some batches of one kind, each behind the one before, so that none reads past what was done.
fn go(conn: &mut PgConnection, workflow: &Moved, now: DateTime<Utc>, pass: Pass) -> Result<usize> {
    let (mut brought, mut after) = (0, Uuid::nil());
    for _ in 0..BATCHES {
        let seen = conn.transaction(|conn| {
            if !stands(conn, workflow)? {
                return Ok(None);
            }
            pass(conn, workflow, now, after).map(Some)
        })?;
        let runs = seen.unwrap_or_default().runs;
        let Some(last) = runs.last() else {
            break;
        };
        brought += runs.len();
        after = *last;
    }
    Ok(brought)
}

/// Whether the workflow still stands as it was read, and does until the transaction ends: the next
/// move waits for us, or we saw it.
fn stands(conn: &mut PgConnection, workflow: &Moved) -> Result<bool> {
    let still: Option<WorkflowStatus> = workflows::table
        .find((workflow.account_id, workflow.id))
        .filter(workflows::status.eq(workflow.status))
        .filter(workflows::settles_at.eq(workflow.settles_at))
        .select(workflows::status)
        .for_share()
        .first(conn)
        .optional()?;
    Ok(still.is_some())
}
