//! The way a run has come.

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::progress::{Passed, passed};
use super::found::find_run_in;
use crate::caller::{Caller, Permission};
use crate::error::Result;

/// The steps a run of a workflow came to, oldest first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the workflow has no
/// such run.
pub fn run_history(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    run_id: Uuid,
) -> Result<Vec<Passed>> {
    caller.require(Permission::ReadLeads)?;
    let run = find_run_in(conn, caller, workflow_id, run_id)?;
    passed(conn, caller, run.id)
}
