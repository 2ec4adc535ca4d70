//! Deleting a workflow.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::lifecycle::note;
use super::words::WorkflowStatus;
use super::workflow::load;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_runs, workflows};
use crate::error::{Error, Noun, Result};

/// Deletes a workflow with all that its leads went through in it; the leads live on without it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] while it is active.
pub fn delete(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        // Leads on their way in come in before, or wait and then find no workflow.
        let status: Option<WorkflowStatus> = workflows::table
            .find((caller.account.id, id))
            .select(workflows::status)
            .for_update()
            .first(conn)
            .optional()?;
        if status.ok_or(Error::NotFound(Noun::Workflow))? == WorkflowStatus::Active {
            let sentence = "The workflow is active; pause or cancel it before it is deleted";
            return Err(Error::Conflict(sentence.to_owned()));
        }
        let workflow = load(conn, caller, id)?.row;
        let its_leads = leads::table
            .filter(leads::account_id.eq(caller.account.id))
            .filter(leads::workflow_id.eq(id));
        let lead_count = diesel::update(its_leads)
            .set((
                leads::workflow_id.eq(None::<Uuid>),
                leads::status_key.eq(None::<String>),
                leads::next_action_at.eq(None::<DateTime<Utc>>),
                leads::revision.eq(leads::revision + 1),
            ))
            .execute(conn)?;
        // Their steps and what was tried go with the runs, versions and graph with the workflow.
        let runs = workflow_runs::table
            .filter(workflow_runs::account_id.eq(caller.account.id))
            .filter(workflow_runs::workflow_id.eq(id));
        diesel::delete(runs).execute(conn)?;
        diesel::delete(workflows::table.find((caller.account.id, id))).execute(conn)?;
        let data = json!({
            "name": workflow.name, "status": workflow.status, "lead_count": lead_count,
        });
        note(conn, caller, Event::WorkflowDeleted, id, data)
    })
}
