//! The tasks of somebody who works no more.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::Caller;
use crate::db::schema::workflow_run_steps;
use crate::error::Result;

/// Gives a person's open tasks to everybody: their leads stay theirs, but no step waits for
/// somebody who does not come. One statement.
pub(super) fn let_go(conn: &mut PgConnection, caller: &Caller, person_id: Uuid) -> Result<()> {
    let theirs = workflow_run_steps::owner_id
        .eq(person_id)
        .or(workflow_run_steps::claimed_by_id.eq(person_id));
    let open = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::exited_at.is_null())
        .filter(theirs);
    diesel::update(open)
        .set((
            workflow_run_steps::owner_id.eq(None::<Uuid>),
            workflow_run_steps::claimed_by_id.eq(None::<Uuid>),
            workflow_run_steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}
