//! What of the workflows wants somebody: leads that a fault has stopped, leads that wait for a
//! workflow that does not run, changes that are not published.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::words::WorkflowStatus;
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_runs, workflows};
use crate::error::Result;
use crate::leads::{COUNT_UP_TO, Total};
use crate::visibility;

/// How far back a fault is told.
const LATELY: TimeDelta = TimeDelta::days(7);
/// How many workflows are looked at, the newest.
const WORKFLOWS: i64 = 50;

/// A lead whose run a fault has ended, and that is in no other since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoppedLead {
    /// The lead.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The workflow it was in.
    pub workflow_name: String,
    /// What the fault was.
    pub why: Option<String>,
    /// When it was stopped.
    pub at: DateTime<Utc>,
}

/// The leads that a fault has stopped, and that the caller sees, within the last seven days, newest first, `limit` at most.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn stopped_leads(
    conn: &mut PgConnection,
    caller: &Caller,
    limit: i64,
) -> Result<Vec<StoppedLead>> {
    caller.require(Permission::ReadLeads)?;
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let of_workflow = workflows::account_id
        .eq(workflow_runs::account_id)
        .and(workflows::id.eq(workflow_runs::workflow_id));
    let later = diesel::alias!(workflow_runs as later);
    let taken_up = later
        .filter(
            later
                .field(workflow_runs::account_id)
                .eq(workflow_runs::account_id),
        )
        .filter(
            later
                .field(workflow_runs::lead_id)
                .eq(workflow_runs::lead_id),
        )
        .filter(later.field(workflow_runs::id).ne(workflow_runs::id))
        .filter(
            later
                .field(workflow_runs::enrolled_at)
                .ge(workflow_runs::enrolled_at),
        );
    type Row = (
        Uuid,
        String,
        Option<String>,
        String,
        Option<String>,
        Option<DateTime<Utc>>,
    );
    let stopped = workflow_runs::table
        .inner_join(leads::table.on(of_lead))
        .inner_join(workflows::table.on(of_workflow))
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::failed_at.gt(caller.now - LATELY))
        .filter(leads::archived_at.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(taken_up)))
        .order(workflow_runs::failed_at.desc())
        .limit(limit)
        .select((
            leads::id,
            leads::first_name,
            leads::last_name,
            workflows::name,
            workflow_runs::why,
            workflow_runs::failed_at,
        ))
        .into_boxed();
    let rows: Vec<Row> = match visibility::condition(caller, "leads") {
        Some(seen) => stopped.filter(sql::<Bool>(&seen)).load(conn)?,
        None => stopped.load(conn)?,
    };
    let stopped = rows
        .into_iter()
        .map(|(id, first, last, workflow_name, why, at)| StoppedLead {
            id,
            name: match last {
                Some(last) => format!("{first} {last}"),
                None => first,
            },
            workflow_name,
            why,
            at: at.unwrap_or(caller.now),
        });
    Ok(stopped.collect())
}

/// A workflow that does not do what its leads, or its people, wait for.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct IdleWorkflow {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Where it is in its life.
    #[diesel(sql_type = Text)]
    pub status: WorkflowStatus,
    /// Whether it runs and was edited without publishing that.
    #[diesel(sql_type = Bool)]
    pub is_edited: bool,
    #[diesel(sql_type = BigInt)]
    counted: i64,
}

impl IdleWorkflow {
    /// How many leads wait in it while it is a draft or paused.
    pub fn waiting(&self) -> Total {
        Total::of(self.counted)
    }
}

fn statement(caller: &Caller) -> String {
    let seen = super::seen::run(caller, "r");
    format!(
        "SELECT id, name, status, is_edited, counted FROM (
        SELECT id, name, status, created_at,
               is_edited AND version_id IS NOT NULL AND status IN ('active', 'paused') AS is_edited,
               CASE WHEN status IN ('draft', 'paused') THEN (
                   SELECT count(*) FROM (
                       SELECT FROM workflow_runs r
                       WHERE r.account_id = w.account_id AND r.workflow_id = w.id
                         AND r.ended_at IS NULL{seen} LIMIT $3
                   ) AS live
               ) ELSE 0 END AS counted
        FROM workflows w
        WHERE account_id = $1 AND (status IN ('draft', 'paused') OR is_edited)
        ORDER BY created_at DESC, id DESC LIMIT $2
    ) AS idle
    WHERE is_edited OR counted > 0
    ORDER BY created_at DESC, id DESC"
    )
}

/// The workflows in which leads wait though they do not run, or whose changes wait to be
/// published, newest first, in one query; for those who may see to it.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to change workflows.
pub fn idle_workflows(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<IdleWorkflow>> {
    caller.require(Permission::WriteWorkflows)?;
    Ok(diesel::sql_query(statement(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<BigInt, _>(WORKFLOWS)
        .bind::<BigInt, _>(COUNT_UP_TO + 1)
        .load(conn)?)
}
