//! What can be chosen of workflows: which one, and which status in it. Nothing is counted here.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::words::WorkflowStatus;
use super::workflow::Status;
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_statuses, workflows};
use crate::error::Result;

/// A workflow as one of several to choose from.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = workflows)]
pub struct Choice {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub status: WorkflowStatus,
}

/// The workflows that take leads, by name.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn choices(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Choice>> {
    caller.require(Permission::ReadWorkflows)?;
    let all = Choice::query()
        .filter(workflows::account_id.eq(caller.account.id))
        .order((workflows::name, workflows::id))
        .load(conn)?;
    let open = all.into_iter().filter(|one| one.status.takes_leads());
    Ok(open.collect())
}

/// The statuses of a workflow, in the order a lead goes through them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn statuses(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
) -> Result<Vec<Status>> {
    caller.require(Permission::ReadWorkflows)?;
    Ok(Status::query()
        .filter(workflow_statuses::account_id.eq(caller.account.id))
        .filter(workflow_statuses::workflow_id.eq(workflow_id))
        .order(workflow_statuses::position)
        .load(conn)?)
}
