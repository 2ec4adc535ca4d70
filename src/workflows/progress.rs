//! How far a lead has come in its workflow: what it has passed, where it is, what is planned.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::graph::{Graph, Node, graph};
use super::words::{NodeType, RunStatus};
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_nodes, workflow_run_steps, workflow_runs};
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
    /// The nodes that follow when the lead does not answer; none once the run is over.
    pub planned: Vec<Node>,
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
}

/// How far a lead the caller has been shown has come, in four queries; nothing when it was never
/// enrolled.
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
        None => planned(&graph(conn, caller, run.workflow_id)?, &passed),
        Some(_) => Vec::new(),
    };
    Ok(Some(Progress {
        run_id: run.id,
        workflow_id: run.workflow_id,
        status: run.status,
        enrolled_at: run.enrolled_at,
        ended_at: run.ended_at,
        passed,
        planned,
    }))
}

fn passed(conn: &mut PgConnection, caller: &Caller, run_id: Uuid) -> Result<Vec<Passed>> {
    let node = workflow_nodes::account_id
        .eq(workflow_run_steps::account_id)
        .and(workflow_nodes::id.eq(workflow_run_steps::node_id));
    Ok(workflow_run_steps::table
        .inner_join(workflow_nodes::table.on(node))
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .order((
            workflow_run_steps::exited_at.asc().nulls_last(),
            workflow_run_steps::entered_at,
        ))
        .select((
            workflow_nodes::id,
            workflow_nodes::label,
            workflow_nodes::node_type,
            workflow_run_steps::attempt,
            workflow_run_steps::outcome,
            workflow_run_steps::due_at,
            workflow_run_steps::entered_at,
            workflow_run_steps::exited_at,
        ))
        .load(conn)?)
}

/// What follows the last step a run came to.
fn planned(graph: &Graph, passed: &[Passed]) -> Vec<Node> {
    let at = passed.last().and_then(|last| graph.node(last.node_id));
    let path = at.map_or_else(Vec::new, |node| graph.path_from(node));
    path.into_iter().skip(1).cloned().collect()
}
