//! Runs as they are looked up.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::words::RunStatus;
use crate::caller::Caller;
use crate::db::schema::{leads, workflow_runs};
use crate::error::{Error, Noun, Result};

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = workflow_runs)]
pub struct RunFacts {
    /// Its id.
    pub id: Uuid,
    /// Its lead.
    pub lead_id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// How it stands.
    pub status: RunStatus,
    /// The node it is at.
    pub current_node_id: Option<Uuid>,
    /// When it began.
    pub enrolled_at: DateTime<Utc>,
}

/// A run of a lead that the caller sees, live or over, for a caller who was asked for the right to what
/// they want of it.
pub fn find_run(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<RunFacts> {
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let found: Option<(RunFacts, Option<Uuid>, Option<Uuid>)> = workflow_runs::table
        .inner_join(leads::table.on(of_lead))
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::id.eq(id))
        .select((RunFacts::as_select(), leads::owner_id, leads::team_id))
        .first(conn)
        .optional()?;
    found
        .filter(|(_, owner_id, team_id)| caller.sees.lead(*owner_id, *team_id))
        .map(|(run, ..)| run)
        .ok_or(Error::NotFound(Noun::Run))
}

/// The same of one workflow: a run of another is not found in it.
pub fn find_run_in(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    id: Uuid,
) -> Result<RunFacts> {
    let run = find_run(conn, caller, id)?;
    match run.workflow_id == workflow_id {
        true => Ok(run),
        false => Err(Error::NotFound(Noun::Run)),
    }
}

/// The run that a lead began last, live or over.
pub fn newest_run(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<Uuid> {
    Ok(workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .order((workflow_runs::enrolled_at.desc(), workflow_runs::id.desc()))
        .select(workflow_runs::id)
        .first(conn)?)
}

/// Which of these leads have a live run, in whatever workflow; nothing is asked for nobody.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn in_workflow(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_ids: &[Uuid],
) -> Result<HashSet<Uuid>> {
    if lead_ids.is_empty() {
        return Ok(HashSet::new());
    }
    let live: Vec<Uuid> = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq_any(lead_ids))
        .filter(workflow_runs::ended_at.is_null())
        .select(workflow_runs::lead_id)
        .load(conn)?;
    Ok(live.into_iter().collect())
}
