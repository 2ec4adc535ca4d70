//! Live runs with what a decision needs of them: the lead, the workflow, the step they are at.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::AsSelect;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::super::words::{NodeType, Priority, RunStatus, StepState, WhenAway, WorkflowStatus};
use crate::caller::Caller;
use crate::db::schema::{leads, workflow_run_steps, workflow_runs, workflows};
use crate::error::Result;
use crate::leads::{self as lead_room, Lead};

/// A run that is not over.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = workflow_runs)]
pub struct Run {
    pub account_id: Uuid,
    pub id: Uuid,
    pub lead_id: Uuid,
    pub workflow_id: Uuid,
    pub version_id: Option<Uuid>,
    pub step_count: i32,
    pub status: RunStatus,
    pub status_key: String,
    pub last_outcome: Option<String>,
    pub first_message: Option<String>,
}

/// What holds for all runs of its workflow.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = workflows)]
pub struct Common {
    pub name: String,
    pub version_id: Option<Uuid>,
    pub step_count: i32,
    pub status: WorkflowStatus,
    pub priority: Priority,
    pub contact_hours: Option<Value>,
    pub hours_revision: i32,
    pub when_away: WhenAway,
}

/// The step it is at.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = workflow_run_steps)]
pub struct OpenStep {
    pub id: Uuid,
    pub node_id: Uuid,
    pub node_type: NodeType,
    pub label: String,
    pub attempt: i32,
    pub step_number: Option<i32>,
    pub max_attempts: i32,
    pub entered_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub wake_at: Option<DateTime<Utc>>,
    pub held_at: Option<DateTime<Utc>>,
    pub state: StepState,
    pub why: Option<String>,
    pub rank: i16,
    pub claimed_by_id: Option<Uuid>,
    pub claim_ends_at: Option<DateTime<Utc>>,
    pub number: i32,
    pub ready_at: Option<DateTime<Utc>>,
    pub hours_revision: Option<i32>,
}

/// A live run with all of it.
#[derive(Debug, Clone, Queryable)]
pub struct Live {
    pub run: Run,
    pub workflow: Common,
    pub lead: Lead,
    /// None where the workflow had no way in when the lead came.
    pub step: Option<OpenStep>,
}

/// Live runs by their accounts and ids, in one query for each account: were the accounts a list
/// too, Postgres might read all runs of one of them, in the order of its workflows, to find a few.
pub fn load(conn: &mut PgConnection, runs: &[(Uuid, Uuid)]) -> Result<Vec<Live>> {
    let mut by_account: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (account_id, id) in runs {
        by_account.entry(*account_id).or_default().push(*id);
    }
    let mut all: Vec<Live> = Vec::with_capacity(runs.len());
    for (account_id, ids) in by_account {
        let of_account = lives()
            .filter(workflow_runs::account_id.eq(account_id))
            .filter(workflow_runs::id.eq_any(ids));
        all.extend(of_account.load::<Live>(conn)?);
    }
    Ok(all)
}

/// The lead, held against everybody else who would move its run until the transaction ends, and
/// its live run, if it has one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the account has no such lead.
pub fn hold(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
) -> Result<(Lead, Option<Live>)> {
    let lead = lead_room::hold(conn, caller, lead_id)?;
    let live = live_run(conn, caller, lead_id)?;
    Ok((lead, live))
}

/// A lead's live run, without holding it.
pub fn live_run(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<Option<Live>> {
    Ok(lives()
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .first(conn)
        .optional()?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn lives() -> _ {
    let in_workflow = workflows::account_id
        .eq(workflow_runs::account_id)
        .and(workflows::id.eq(workflow_runs::workflow_id));
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let open = workflow_run_steps::account_id
        .eq(workflow_runs::account_id)
        .and(workflow_run_steps::run_id.eq(workflow_runs::id))
        .and(workflow_run_steps::exited_at.is_null());
    let run: AsSelect<Run, Pg> = Run::as_select();
    let common: AsSelect<Common, Pg> = Common::as_select();
    let lead: AsSelect<Lead, Pg> = Lead::as_select();
    let step: AsSelect<Option<OpenStep>, Pg> = Option::<OpenStep>::as_select();
    workflow_runs::table
        .inner_join(workflows::table.on(in_workflow))
        .inner_join(leads::table.on(of_lead))
        .left_join(workflow_run_steps::table.on(open))
        .filter(workflow_runs::ended_at.is_null())
        .select((run, common, lead, step))
}
