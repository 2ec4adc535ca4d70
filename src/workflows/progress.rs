//! How far a lead has come in its workflow: what it has passed, where it is, what is planned.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::cadence::{Place, PlannedStep, Situation, plan_from};
use super::engine::{self, Ground, Live};
use super::graph::Node;
use super::words::{NodeType, RunStatus, StepState};
use super::workflow::Status;
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_run_steps, workflow_runs};
use crate::error::Result;

/// The newest run of a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How it stands.
    pub status: RunStatus,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// The steps it came to, oldest first; the last one is where it is while it lives.
    pub passed: Vec<Passed>,
    /// What follows when the lead does not answer, the next try of its present step first; nothing
    /// once the run is over, or while nobody knows when it goes on.
    pub planned: Vec<PlannedStep>,
    /// The steps it could be at while it lives: those of the version it goes on in.
    pub nodes: Vec<Node>,
    /// The statuses it could have while it lives.
    pub statuses: Vec<Status>,
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
    match engine::live_run(conn, caller, lead_id)? {
        Some(live) => under_way(conn, caller, &live).map(Some),
        None => over(conn, caller, lead_id),
    }
}

/// A run that is over.
fn over(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<Option<Progress>> {
    let newest: Option<(Uuid, RunStatus, Option<DateTime<Utc>>)> = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .order((workflow_runs::enrolled_at.desc(), workflow_runs::id.desc()))
        .select((
            workflow_runs::id,
            workflow_runs::status,
            workflow_runs::ended_at,
        ))
        .first(conn)
        .optional()?;
    let Some((run_id, status, ended_at)) = newest else {
        return Ok(None);
    };
    Ok(Some(Progress {
        status,
        ended_at,
        passed: passed(conn, caller, run_id)?,
        planned: Vec::new(),
        nodes: Vec::new(),
        statuses: Vec::new(),
    }))
}

/// A run that lives; what follows is what the engine itself would decide.
fn under_way(conn: &mut PgConnection, caller: &Caller, live: &Live) -> Result<Progress> {
    let passed = passed(conn, caller, live.run.id)?;
    let ground = Ground::load(conn, std::slice::from_ref(live))?;
    let place = ground.place(live).map(|(place, _)| place);
    Ok(Progress {
        status: live.run.status,
        ended_at: None,
        passed,
        planned: match place {
            Some(place) => planned(caller, &ground, live, place)?,
            None => Vec::new(),
        },
        nodes: place.map_or_else(Vec::new, |place| place.graph.nodes.clone()),
        statuses: ground.statuses(live).to_vec(),
    })
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

/// What follows the step a live run is at.
fn planned(
    caller: &Caller,
    ground: &Ground,
    live: &Live,
    place: Place<'_>,
) -> Result<Vec<PlannedStep>> {
    let Some(step) = &live.step else {
        return Ok(Vec::new());
    };
    let moment = ground.moment(live, caller.now)?;
    let situation = Situation {
        start: caller.now,
        zone: moment.zone,
        hours: moment.hours.clone(),
        outcomes: Vec::new(),
        facts: ground.facts(live),
    };
    let due_at = step.due_at.unwrap_or(caller.now);
    let mut planned = plan_from(place.graph, &situation, place.node, step.attempt, due_at);
    planned.remove(0);
    Ok(planned)
}
