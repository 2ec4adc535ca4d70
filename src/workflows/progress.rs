//! How far a lead has come in its workflow: what it has passed, where it is, what is planned.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::cadence::{PlannedStep, Situation, plan_from};
use super::engine::{self, Ground};
use super::words::{NodeType, RunStatus, StepState};
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_run_steps, workflow_runs};
use crate::error::Result;

/// The newest run of a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The run.
    pub run_id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// How it stands.
    pub status: RunStatus,
    /// When it began.
    pub enrolled_at: DateTime<Utc>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// The steps it came to, oldest first; the last one is where it is while it lives.
    pub passed: Vec<Passed>,
    /// Why it stands so.
    pub why: Option<String>,
    /// What follows when the lead does not answer, the next try of its present step first; nothing
    /// once the run is over, or while nobody knows when it goes on.
    pub planned: Vec<PlannedStep>,
}

/// A step a run came to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Passed {
    /// The node.
    pub node_id: Uuid,
    /// What people call it.
    pub label: String,
    /// What it does.
    pub node_type: NodeType,
    /// Which try it is on, or was.
    pub attempt: i32,
    /// How it stands.
    pub state: StepState,
    /// Why it waits, or why that came of it.
    pub why: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// When it fires; nothing while the workflow does not run.
    pub due_at: Option<DateTime<Utc>>,
    /// When the lead came to it.
    pub entered_at: DateTime<Utc>,
    /// When the lead left it; nothing while it is there.
    pub exited_at: Option<DateTime<Utc>>,
}

#[derive(HasQuery)]
#[diesel(table_name = workflow_runs)]
struct Run {
    id: Uuid,
    workflow_id: Uuid,
    status: RunStatus,
    enrolled_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    why: Option<String>,
}

/// How far a lead the caller has been shown has come, with the dates of what follows; nothing when
/// it was never enrolled.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn progress(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
) -> Result<Option<Progress>> {
    caller.require(Permission::ReadWorkflows)?;
    let newest = Run::query()
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .order((workflow_runs::enrolled_at.desc(), workflow_runs::id.desc()))
        .first(conn)
        .optional()?;
    let Some(run) = newest else { return Ok(None) };
    let passed = passed(conn, caller, run.id)?;
    let planned = match run.ended_at {
        None => planned(conn, caller, run.id)?,
        Some(_) => Vec::new(),
    };
    Ok(Some(Progress {
        run_id: run.id,
        workflow_id: run.workflow_id,
        status: run.status,
        enrolled_at: run.enrolled_at,
        ended_at: run.ended_at,
        why: run.why,
        passed,
        planned,
    }))
}

pub(super) fn passed(
    conn: &mut PgConnection,
    caller: &Caller,
    run_id: Uuid,
) -> Result<Vec<Passed>> {
    Ok(workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .order((
            workflow_run_steps::number,
            workflow_run_steps::exited_at.asc().nulls_last(),
            workflow_run_steps::entered_at,
            workflow_run_steps::id,
        ))
        .select((
            workflow_run_steps::node_id,
            workflow_run_steps::label,
            workflow_run_steps::node_type,
            workflow_run_steps::attempt,
            workflow_run_steps::state,
            workflow_run_steps::why,
            workflow_run_steps::outcome,
            workflow_run_steps::due_at,
            workflow_run_steps::entered_at,
            workflow_run_steps::exited_at,
        ))
        .load(conn)?)
}

/// What follows the step a live run is at, from the decisions of the engine itself.
fn planned(conn: &mut PgConnection, caller: &Caller, run_id: Uuid) -> Result<Vec<PlannedStep>> {
    let Some(live) = engine::load(conn, &[(caller.account.id, run_id)])?.pop() else {
        return Ok(Vec::new());
    };
    let ground = Ground::load(conn, std::slice::from_ref(&live))?;
    let (Some((place, _)), Some(step)) = (ground.place(&live), &live.step) else {
        return Ok(Vec::new());
    };
    let moment = ground.moment(&live, caller.now)?;
    let situation = Situation {
        start: caller.now,
        zone: moment.zone,
        hours: moment.hours.clone(),
        outcomes: Vec::new(),
        facts: ground.facts(&live),
    };
    let due_at = step.due_at.unwrap_or(caller.now);
    let mut planned = plan_from(place.graph, &situation, place.node, step.attempt, due_at);
    planned.remove(0);
    Ok(planned)
}
