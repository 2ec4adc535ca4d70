//! A person hands a lead back (contract §2).

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::engine::{self, Live, REPORT_WITHIN};
use super::super::words::{RunStatus, StepState, WorkflowStatus};
use super::stop::is_of;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_run_steps, workflow_runs};
use crate::error::Result;

/// What handing back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resumed {
    /// The run.
    pub run_id: Uuid,
    /// Whether nothing was stopped, so that nothing changed.
    pub already: bool,
    /// Whether the cadence goes on by itself.
    pub cadence_resumed: bool,
}

/// Hands a lead's run back; nothing when it has no live one. With `resume_cadence` what was left
/// of its wait is left now; without it the step stays where it is until an outcome is reported or
/// somebody runs it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no
/// such lead.
pub fn resume_automation(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    workflow_id: Option<Uuid>,
    resume_cadence: bool,
) -> Result<Option<Resumed>> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let Some(live) = live.filter(|live| is_of(live, workflow_id)) else {
            return Ok(None);
        };
        let was_paused = live.run.status == RunStatus::Paused;
        let goes_on = resume_cadence && stands(&live);
        if !(was_paused || goes_on) {
            return Ok(Some(Resumed {
                run_id: live.run.id,
                already: true,
                cadence_resumed: false,
            }));
        }
        let next_action_at = restart(conn, caller, &live, resume_cadence)?;
        diesel::update(workflow_runs::table.find((caller.account.id, live.run.id)))
            .set((
                workflow_runs::status.eq(status(&live)),
                workflow_runs::paused_at.eq(None::<DateTime<Utc>>),
                workflow_runs::why.eq(None::<String>),
            ))
            .execute(conn)?;
        diesel::update(leads::table.find((caller.account.id, lead_id)))
            .set(leads::next_action_at.eq(next_action_at))
            .execute(conn)?;
        let resumed = Change {
            event: Event::RunResumed,
            subject: Subject::Lead,
            subject_id: lead_id,
            data: json!({
                "run_id": live.run.id, "cadence_resumed": resume_cadence,
                "workflow": {"id": live.run.workflow_id, "name": live.workflow.name},
            }),
        };
        audit::write(conn, caller, &[resumed])?;
        Ok(Some(Resumed {
            run_id: live.run.id,
            already: false,
            cadence_resumed: resume_cadence,
        }))
    })
}

/// Whether the step's clock was left standing.
fn stands(live: &Live) -> bool {
    let runs = live.workflow.status == WorkflowStatus::Active;
    runs && live
        .step
        .as_ref()
        .is_some_and(|step| step.wake_at.is_none())
}

fn status(live: &Live) -> RunStatus {
    match (&live.step, live.run.version_id) {
        (_, None) if live.workflow.status != WorkflowStatus::Active => RunStatus::Pending,
        (Some(step), _) if step.state == StepState::Sent => RunStatus::Waiting,
        _ => RunStatus::InProgress,
    }
}

/// Sets the step's clock going, or leaves it standing; when something is due now.
fn restart(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    resume_cadence: bool,
) -> Result<Option<DateTime<Utc>>> {
    let Some(step) = &live.step else {
        return Ok(None);
    };
    let runs = live.workflow.status == WorkflowStatus::Active;
    let left = |at: DateTime<Utc>| {
        let left = at - step.held_at.unwrap_or(caller.now);
        caller.now + left.max(TimeDelta::zero())
    };
    // One that was stopped before its workflow ran begins now.
    let due_at = step.due_at.map(left);
    let due_at = due_at.or_else(|| runs.then_some(caller.now));
    let wake_at = match step.state {
        StepState::Sent => Some(caller.now + REPORT_WITHIN),
        // Where its own wait ends in the contact hours is asked again.
        _ if step.ready_at.is_some() => Some(caller.now),
        _ => due_at,
    };
    // Of a paused workflow it is the workflow that holds it now.
    let held_at = (resume_cadence && !runs).then_some(caller.now);
    let goes = resume_cadence && runs;
    let why = match resume_cadence {
        true => step.why.clone(),
        false => {
            Some("handed back without its cadence: an outcome, or “Run now”, moves it on".into())
        }
    };
    diesel::update(workflow_run_steps::table.find((caller.account.id, step.id)))
        .set((
            workflow_run_steps::due_at.eq(due_at),
            workflow_run_steps::ready_at.eq(step.ready_at.map(left)),
            workflow_run_steps::hours_revision.eq(None::<i32>),
            workflow_run_steps::held_at.eq(held_at),
            workflow_run_steps::wake_at.eq(wake_at.filter(|_| goes)),
            workflow_run_steps::why.eq(why),
        ))
        .execute(conn)?;
    Ok(due_at.filter(|_| goes))
}
