//! Runs: a lead comes into a workflow.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::graph::{Graph, Node, load};
use super::step::StepRow;
use super::version;
use super::words::{GoalType, Priority, RunStatus, WorkflowStatus};
use crate::caller::Caller;
use crate::connectors::Channel;
use crate::db::schema::{
    workflow_run_steps, workflow_runs, workflow_statuses, workflow_versions, workflows,
};
use crate::db::write_rows;
use crate::do_not_contact::Cleared;
use crate::error::{Error, Result};
use crate::telephony::{Reach, Rules};

/// What a lead finds when it comes into a workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct Entrance {
    /// The workflow.
    pub workflow_id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub status: WorkflowStatus,
    /// What it is for.
    pub goal_type: GoalType,
    /// The status a lead begins with.
    pub status_key: String,
    /// The version leads take; none before the first activation.
    pub version_id: Option<Uuid>,
    /// Which of its leads come first in Today.
    pub priority: Priority,
    /// Where leads come in; nowhere while the workflow has no nodes.
    pub entry: Option<Node>,
    /// Whether it calls its leads, so that they need a phone number.
    pub has_calls: bool,
    /// The number that each of its call steps names to call from; none when it takes any.
    pub callers: Vec<Option<String>>,
    /// What its leads are in for.
    pub cadence: Cadence,
}

impl Entrance {
    /// When the first step of a run is due that begins at an instant: then, when the workflow
    /// runs.
    pub fn first_due(&self, starts_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (self.status == WorkflowStatus::Active && self.entry.is_some()).then_some(starts_at)
    }

    /// How far the calls of the workflow reach.
    pub fn reach(&self, rules: &Rules) -> Reach {
        rules.reach(self.callers.iter().map(Option::as_deref))
    }

    /// That the workflow is not over.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it takes no more leads.
    pub fn check_takes_leads(&self) -> Result<()> {
        if self.status.takes_leads() {
            return Ok(());
        }
        let (name, status) = (&self.name, self.status);
        Err(Error::Conflict(format!(
            "The workflow “{name}” is {status} and takes no more leads"
        )))
    }

    /// Where a run is that begins here.
    pub fn run_status(&self) -> RunStatus {
        match self.status {
            WorkflowStatus::Active => RunStatus::InProgress,
            _ => RunStatus::Pending,
        }
    }
}

/// The first outreach step, and how many there are (contract §3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cadence {
    /// How it reaches the lead.
    pub channel: Option<Channel>,
    /// How often it is tried at most.
    pub max_attempts: i32,
    /// How many steps there are.
    pub total_steps: i32,
}

/// A run to be begun.
#[derive(Debug, Clone)]
pub struct NewRun<'a> {
    /// Its id.
    pub id: Uuid,
    /// The id of its first step.
    pub step_id: Uuid,
    /// The lead, which may be contacted.
    pub cleared: &'a Cleared,
    /// Its owner.
    pub owner_id: Option<Uuid>,
    /// Where it comes in.
    pub entrance: &'a Entrance,
    /// When its first step is due, once the workflow runs.
    pub starts_at: DateTime<Utc>,
    /// What replaces the text of the first outreach.
    pub first_message: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = workflow_runs, treat_none_as_default_value = false)]
struct RunRow<'a> {
    account_id: Uuid,
    id: Uuid,
    lead_id: Uuid,
    workflow_id: Uuid,
    version_id: Option<Uuid>,
    step_count: i32,
    status: RunStatus,
    status_key: &'a str,
    current_node_id: Option<Uuid>,
    first_message: Option<&'a str>,
    enrolled_at: DateTime<Utc>,
}

type Found = (
    (Uuid, String, WorkflowStatus, GoalType, Priority),
    Option<String>,
    Option<(Uuid, Value)>,
);

/// The entrances of those of the workflows that the account has: one query, and two more when
/// there are drafts among them.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn entrances(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Entrance>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let first_status = workflow_statuses::table
        .filter(workflow_statuses::account_id.eq(caller.account.id))
        .filter(workflow_statuses::workflow_id.eq(workflows::id))
        .order(workflow_statuses::position)
        .select(workflow_statuses::key)
        .limit(1)
        .single_value();
    let published = workflow_versions::account_id
        .eq(workflows::account_id)
        .and(workflows::version_id.eq(workflow_versions::id.nullable()));
    let found: Vec<Found> = workflows::table
        .left_join(workflow_versions::table.on(published))
        .filter(workflows::account_id.eq(caller.account.id))
        .filter(workflows::id.eq_any(ids))
        .select((
            (
                workflows::id,
                workflows::name,
                workflows::status,
                workflows::goal_type,
                workflows::priority,
            ),
            first_status,
            (workflow_versions::id, workflow_versions::graph).nullable(),
        ))
        .load(conn)?;
    let drafts: Vec<Uuid> = found
        .iter()
        .filter(|(.., version)| version.is_none())
        .map(|((id, ..), ..)| *id)
        .collect();
    let mut edited: HashMap<Uuid, Graph> = match drafts.as_slice() {
        [] => HashMap::new(),
        drafts => load(conn, caller, drafts)?.into_iter().collect(),
    };
    let mut entrances = HashMap::new();
    for ((workflow_id, name, status, goal_type, priority), status_key, version) in found {
        let Some(status_key) = status_key else {
            continue;
        };
        let (version_id, mut graph) = match version {
            Some((id, graph)) => (Some(id), version::read(graph)?),
            None => (None, edited.remove(&workflow_id).unwrap_or_default()),
        };
        let total_steps = graph.number_steps();
        let entrance = Entrance {
            workflow_id,
            name,
            status,
            goal_type,
            status_key,
            version_id,
            priority,
            has_calls: graph.has_calls(),
            callers: graph
                .callers()
                .map(|named| named.map(str::to_owned))
                .collect(),
            cadence: cadence(&graph, total_steps),
            entry: graph.entry().cloned(),
        };
        entrances.insert(workflow_id, entrance);
    }
    Ok(entrances)
}

fn cadence(graph: &Graph, total_steps: i32) -> Cadence {
    let first = graph.nodes.iter().find(|node| node.step_number == Some(1));
    Cadence {
        channel: first.and_then(|node| node.node_type.channel()),
        max_attempts: first.map_or(0, |node| node.max_attempts()),
        total_steps,
    }
}

/// Which of these leads have a live run, or had one in this workflow: nobody goes through the same
/// workflow twice because a list came twice.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn enrolled(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    lead_ids: &[Uuid],
) -> Result<HashSet<Uuid>> {
    if lead_ids.is_empty() {
        return Ok(HashSet::new());
    }
    let here_or_live = workflow_runs::workflow_id
        .eq(workflow_id)
        .or(workflow_runs::ended_at.is_null());
    let found: Vec<Uuid> = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq_any(lead_ids))
        .filter(here_or_live)
        .select(workflow_runs::lead_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// Begins runs at the entry of their workflows, any number in two statements, inside the
/// caller's transaction. Where each lead stands is written with the lead.
///
/// # Errors
/// [`Error::Internal`] when the database refuses, as when a lead has a live run.
pub fn begin(conn: &mut PgConnection, caller: &Caller, runs: &[NewRun<'_>]) -> Result<()> {
    let account_id = caller.account.id;
    let rows: Vec<RunRow<'_>> = runs
        .iter()
        .map(|run| RunRow {
            account_id,
            id: run.id,
            lead_id: run.cleared.lead_id(),
            workflow_id: run.entrance.workflow_id,
            version_id: run.entrance.version_id,
            step_count: run.entrance.cadence.total_steps,
            status: run.entrance.run_status(),
            status_key: &run.entrance.status_key,
            current_node_id: run.entrance.entry.as_ref().map(|node| node.id),
            first_message: run.first_message,
            enrolled_at: caller.now,
        })
        .collect();
    let steps: Vec<StepRow<'_>> = runs
        .iter()
        .filter_map(|run| {
            let node = run.entrance.entry.as_ref()?;
            Some(StepRow {
                rank: run.entrance.priority.rank(),
                owner_id: run.owner_id,
                ..StepRow::at(
                    account_id,
                    run.step_id,
                    run.id,
                    node,
                    run.entrance.first_due(run.starts_at),
                    caller.now,
                )
            })
        })
        .collect();
    write_rows!(conn, workflow_runs::table, &rows)?;
    write_rows!(conn, workflow_run_steps::table, &steps)?;
    Ok(())
}
