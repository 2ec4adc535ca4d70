//! What publishing would mean for the leads that are in a workflow now.

use diesel::dsl::count_star;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_nodes, workflow_runs, workflow_versions};
use crate::error::Result;

/// The leads that are in a workflow now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many there are.
    pub running: i64,
    /// How many of them are at a node that was taken out since.
    pub at_removed_nodes: i64,
    /// How many keep to each version, by its number, the oldest first.
    pub by_version: Vec<(i32, i64)>,
}

/// Counts the leads that publishing a workflow the caller has been shown would concern.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn publish_preview(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
) -> Result<Preview> {
    caller.require(Permission::ReadWorkflows)?;
    let live = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::workflow_id.eq(workflow_id))
        .filter(workflow_runs::ended_at.is_null());
    let running = live.select(count_star()).first(conn)?;
    let their_version = workflow_versions::account_id
        .eq(workflow_runs::account_id)
        .and(workflow_runs::version_id.eq(workflow_versions::id.nullable()));
    let by_version = live
        .inner_join(workflow_versions::table.on(their_version))
        .group_by(workflow_versions::number)
        .order(workflow_versions::number)
        .select((workflow_versions::number, count_star()))
        .load(conn)?;
    let their_node = workflow_nodes::account_id
        .eq(workflow_runs::account_id)
        .and(workflow_runs::current_node_id.eq(workflow_nodes::id.nullable()));
    let at_removed_nodes = live
        .inner_join(workflow_nodes::table.on(their_node))
        .filter(workflow_nodes::deleted_at.is_not_null())
        .select(count_star())
        .first(conn)?;
    Ok(Preview {
        running,
        at_removed_nodes,
        by_version,
    })
}
