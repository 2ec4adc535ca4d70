//! Where the leads of a workflow are now.

use std::collections::HashMap;

use diesel::dsl::{count_star, sql};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::seen;
use crate::caller::{Caller, Permission};
use crate::db::schema::workflow_runs;
use crate::error::Result;

/// How many live runs of a workflow, of leads that the caller sees, are at each of its nodes; nodes with none are left out.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn whereabouts(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
) -> Result<HashMap<Uuid, i64>> {
    caller.require(Permission::ReadWorkflows)?;
    let mut live = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::workflow_id.eq(workflow_id))
        .filter(workflow_runs::ended_at.is_null())
        .group_by(workflow_runs::current_node_id)
        .select((workflow_runs::current_node_id, count_star()))
        .into_boxed();
    if let Some(seen) = seen::condition(caller, "workflow_runs") {
        live = live.filter(sql::<Bool>(&seen));
    }
    let counts: Vec<(Option<Uuid>, i64)> = live.load(conn)?;
    Ok(counts
        .into_iter()
        .filter_map(|(node, count)| Some((node?, count)))
        .collect())
}
