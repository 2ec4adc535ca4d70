//! Writing how far an import is.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::file::Plan;
use super::import::State;
use crate::caller::Caller;
use crate::db::schema::{import_rows, imports};
use crate::error::{Error, Result};

/// Sends an import back to its first row, with nothing counted: another state begins.
pub(super) fn begin_again(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    state: State,
) -> Result<()> {
    clear(conn, caller.account.id, id)?;
    come_to(conn, caller, id, state)
}

/// Forgets what became of the rows, or would have.
pub(super) fn clear(conn: &mut PgConnection, account_id: Uuid, id: Uuid) -> Result<()> {
    diesel::delete(
        import_rows::table
            .filter(import_rows::account_id.eq(account_id))
            .filter(import_rows::import_id.eq(id)),
    )
    .execute(conn)?;
    diesel::update(imports::table.find((account_id, id)))
        .set((
            imports::rows_read.eq(0),
            imports::created.eq(0),
            imports::updated.eq(0),
            imports::skipped.eq(0),
            imports::failed.eq(0),
            imports::last_row.eq(0),
            imports::runs_begun.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Another state, which nobody works at yet; the caller acts in it.
pub(super) fn come_to(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    state: State,
) -> Result<()> {
    diesel::update(imports::table.find((caller.account.id, id)))
        .set((
            imports::state.eq(state),
            imports::trouble.eq(None::<String>),
            imports::changed_at.eq(caller.now),
            imports::lease_id.eq(None::<Uuid>),
            imports::lease_ends_at.eq(None::<chrono::DateTime<chrono::Utc>>),
            imports::actor_id.eq(caller.person().map(|person| person.id)),
        ))
        .execute(conn)?;
    Ok(())
}

/// What is done with the file; and the workflow's name when one is chosen.
pub(super) fn plan(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    plan: &Plan,
    workflow: Option<&str>,
) -> Result<()> {
    diesel::update(imports::table.find((caller.account.id, id)))
        .set((
            imports::plan.eq(serde_json::to_value(plan).map_err(Error::internal)?),
            imports::workflow_id.eq(plan.workflow_id.filter(|_| workflow.is_some())),
            imports::workflow_name.eq(workflow),
        ))
        .execute(conn)?;
    Ok(())
}
