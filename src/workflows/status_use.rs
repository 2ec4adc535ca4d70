//! Who needs a status.

use diesel::dsl::exists;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::caller::Caller;
use crate::db::schema::{leads, workflow_nodes, workflow_runs, workflow_versions, workflows};
use crate::error::{Error, Result};

/// Refuses when a step gives leads the status, as it is edited or in a version that is in use.
pub(super) fn given_by_a_step(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    key: &str,
) -> Result<()> {
    let account_id = caller.account.id;
    let config = json!({ "status_key": key });
    let node: Option<String> = workflow_nodes::table
        .filter(workflow_nodes::account_id.eq(account_id))
        .filter(workflow_nodes::workflow_id.eq(workflow_id))
        .filter(workflow_nodes::deleted_at.is_null())
        .filter(workflow_nodes::config.contains(&config))
        .select(workflow_nodes::label)
        .first(conn)
        .optional()?;
    if let Some(label) = node {
        return Err(Error::Conflict(format!(
            "The step “{label}” gives leads the status {key}; let it give another one first"
        )));
    }
    let live = workflow_runs::table
        .filter(workflow_runs::account_id.eq(account_id))
        .filter(workflow_runs::workflow_id.eq(workflow_id))
        .filter(workflow_runs::ended_at.is_null())
        .filter(workflow_runs::version_id.eq(workflow_versions::id.nullable()));
    let current = workflows::table
        .find((account_id, workflow_id))
        .filter(workflows::version_id.eq(workflow_versions::id.nullable()));
    let published = workflow_versions::table
        .filter(workflow_versions::account_id.eq(account_id))
        .filter(workflow_versions::workflow_id.eq(workflow_id))
        .filter(workflow_versions::graph.contains(json!({ "nodes": [{ "config": config }] })))
        .filter(exists(live).or(exists(current)));
    if diesel::select(exists(published)).get_result(conn)? {
        return Err(Error::Conflict(format!(
            "A published version gives leads the status {key}; publish one that gives another \
             first, and wait until no lead is in the old one"
        )));
    }
    Ok(())
}

/// Refuses when a lead has the status in the workflow, or had it at the end of a run.
pub(super) fn held_by_leads(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    key: &str,
) -> Result<()> {
    let its_leads = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::workflow_id.eq(workflow_id))
        .filter(leads::status_key.eq(key));
    let runs = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::workflow_id.eq(workflow_id))
        .filter(workflow_runs::status_key.eq(key));
    if diesel::select(exists(its_leads).or(exists(runs))).get_result(conn)? {
        return Err(Error::Conflict(format!(
            "Leads of this workflow have the status {key}; give them another one first"
        )));
    }
    Ok(())
}
