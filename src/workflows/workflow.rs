//! Reading workflows.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::words::{Category, GoalType, Priority, WhenAway, WorkflowStatus};
use crate::caller::{Caller, Permission};
use crate::db::schema::{
    workflow_edges, workflow_nodes, workflow_runs, workflow_statuses, workflows,
};
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};

/// A workflow with its statuses and how much there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workflow {
    /// Its own fields.
    pub row: WorkflowRow,
    /// Its statuses, in the order a lead goes through them.
    pub statuses: Vec<Status>,
}

/// A workflow's own fields and counts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct WorkflowRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is in its life.
    pub status: WorkflowStatus,
    /// What it is for.
    pub goal_type: GoalType,
    /// How many outreach steps a lead takes that never answers.
    pub step_count: i32,
    /// Which leads come first in Today.
    pub priority: Priority,
    /// What becomes of its steps while whoever is to do them is away.
    pub when_away: WhenAway,
    /// The version that new leads take; none before the first activation.
    pub version_id: Option<Uuid>,
    /// Whether the nodes and edges differ from that version.
    pub is_edited: bool,
    /// When it was paused, while it is.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// How many nodes it has.
    pub node_count: i64,
    /// How many edges it has.
    pub edge_count: i64,
    /// How many leads are in it now.
    pub enrolled_leads: i64,
}

/// A status of a workflow's leads.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = workflow_statuses)]
pub struct Status {
    /// Its id.
    pub id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// Its key, which programs use.
    pub key: String,
    /// What people read.
    pub label: String,
    /// Its colour, `#rrggbb`.
    pub color: String,
    /// What it means.
    pub category: Category,
    /// Whether it ends the run.
    pub is_terminal: bool,
}

/// Every workflow, newest first, in two queries.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn list(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Workflow>> {
    caller.require(Permission::ReadWorkflows)?;
    let rows = with_counts(caller.account.id)
        .order((workflows::created_at.desc(), workflows::id.desc()))
        .load(conn)?;
    with_statuses(conn, caller, rows)
}

/// A page of the workflows, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn page(conn: &mut PgConnection, caller: &Caller, slice: &Slice) -> Result<Page<Workflow>> {
    caller.require(Permission::ReadWorkflows)?;
    let mut rows = with_counts(caller.account.id)
        .order((workflows::created_at.desc(), workflows::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let older = workflows::created_at.lt(after.created_at);
        let as_old = workflows::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(workflows::id.lt(after.id))));
    }
    let rows = rows.load(conn)?;
    let rows = with_statuses(conn, caller, rows)?;
    let total = workflows::table
        .filter(workflows::account_id.eq(caller.account.id))
        .count()
        .get_result(conn)?;
    Ok(slice.page(rows, total, |workflow| After {
        created_at: workflow.row.created_at,
        id: workflow.row.id,
    }))
}

/// One workflow.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such workflow.
pub fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    caller.require(Permission::ReadWorkflows)?;
    load(conn, caller, id)
}

/// The same for a caller who has been allowed to change it.
pub(super) fn load(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    let rows = with_counts(caller.account.id)
        .filter(workflows::id.eq(id))
        .load(conn)?;
    with_statuses(conn, caller, rows)?
        .pop()
        .ok_or(Error::NotFound(Noun::Workflow))
}

fn with_statuses(
    conn: &mut PgConnection,
    caller: &Caller,
    rows: Vec<WorkflowRow>,
) -> Result<Vec<Workflow>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let statuses = Status::query()
        .filter(workflow_statuses::account_id.eq(caller.account.id))
        .filter(workflow_statuses::workflow_id.eq_any(&ids))
        .order(workflow_statuses::position)
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Workflow {
            statuses: statuses
                .iter()
                .filter(|status| status.workflow_id == row.id)
                .cloned()
                .collect(),
            row,
        })
        .collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn with_counts(account_id: Uuid) -> _ {
    let nodes = workflow_nodes::table
        .filter(workflow_nodes::account_id.eq(account_id))
        .filter(workflow_nodes::workflow_id.eq(workflows::id))
        .filter(workflow_nodes::deleted_at.is_null())
        .select(count_star());
    let edges = workflow_edges::table
        .filter(workflow_edges::account_id.eq(account_id))
        .filter(workflow_edges::workflow_id.eq(workflows::id))
        .select(count_star());
    let live_runs = workflow_runs::table
        .filter(workflow_runs::account_id.eq(account_id))
        .filter(workflow_runs::workflow_id.eq(workflows::id))
        .filter(workflow_runs::ended_at.is_null())
        .select(count_star());
    workflows::table
        .filter(workflows::account_id.eq(account_id))
        .select((
            workflows::id,
            workflows::name,
            workflows::description,
            workflows::status,
            workflows::goal_type,
            workflows::step_count,
            workflows::priority,
            workflows::when_away,
            workflows::version_id,
            workflows::is_edited,
            workflows::paused_at,
            workflows::created_at,
            workflows::updated_at,
            nodes.single_value().assume_not_null(),
            edges.single_value().assume_not_null(),
            live_runs.single_value().assume_not_null(),
        ))
}
