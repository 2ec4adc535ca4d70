//! What a report is answered.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::words::{NodeType, RunStatus};
use super::found::find_run;
use super::report::{Reported, Upcoming};
use crate::caller::Caller;
use crate::db::schema::workflow_run_steps;
use crate::error::Result;

/// What followed from a try: the step that was entered when it was left.
pub fn answer(
    conn: &mut PgConnection,
    caller: &Caller,
    run_id: Uuid,
    attempt_id: Uuid,
    outcome: String,
) -> Result<Reported> {
    let left_at: Option<DateTime<Utc>> = workflow_run_steps::table
        .find((caller.account.id, attempt_id))
        .select(workflow_run_steps::exited_at)
        .first(conn)?;
    let next: Option<(Upcoming, NodeType)> = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .filter(workflow_run_steps::entered_at.nullable().ge(left_at))
        .filter(workflow_run_steps::id.ne(attempt_id))
        .order((workflow_run_steps::entered_at, workflow_run_steps::id))
        .select((
            (
                workflow_run_steps::node_id,
                workflow_run_steps::label,
                workflow_run_steps::due_at,
            ),
            workflow_run_steps::node_type,
        ))
        .first(conn)
        .optional()?;
    let mut run = find_run(conn, caller, run_id)?;
    let next = next.filter(|(_, node_type)| !node_type.is_terminal());
    // The run may have gone on since; the answer stays that of its day.
    if let Some((next, _)) = &next {
        run.current_node_id = Some(next.node_id);
        if !run.status.is_live() {
            run.status = RunStatus::InProgress;
        }
    }
    Ok(Reported {
        attempt_id,
        run,
        outcome,
        next: next.map(|(next, _)| next),
    })
}
