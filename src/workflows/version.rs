//! Versions: what was published of a workflow, kept as documents that never change.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::graph::Graph;
use super::words::Moves;
use crate::caller::{Caller, Permission};
use crate::db::schema::{workflow_versions, workflows};
use crate::error::{Error, Result};
use crate::ids;

/// A published version, without its graph.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = workflow_versions)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Its place in the order of publishing, from 1.
    pub number: i32,
    /// How many outreach steps a lead takes that never answers.
    pub step_count: i32,
    /// What became of the leads of older versions.
    pub moves: Moves,
    /// Who published it.
    pub author: String,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// The versions of a workflow the caller has been shown, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn versions(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
) -> Result<Vec<Version>> {
    caller.require(Permission::ReadWorkflows)?;
    Ok(Version::query()
        .filter(workflow_versions::account_id.eq(caller.account.id))
        .filter(workflow_versions::workflow_id.eq(workflow_id))
        .order(workflow_versions::number.desc())
        .load(conn)?)
}

/// Makes a graph, its steps numbered, what new leads take. Inside the caller's transaction, which
/// holds the workflow.
pub(super) fn publish(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    graph: &mut Graph,
    moves: Moves,
) -> Result<Uuid> {
    let account_id = caller.account.id;
    let step_count = graph.number_steps();
    let newest: Option<i32> = workflow_versions::table
        .filter(workflow_versions::account_id.eq(account_id))
        .filter(workflow_versions::workflow_id.eq(workflow_id))
        .select(max(workflow_versions::number))
        .first(conn)?;
    let id = ids::new(caller.now);
    diesel::insert_into(workflow_versions::table)
        .values((
            workflow_versions::account_id.eq(account_id),
            workflow_versions::id.eq(id),
            workflow_versions::workflow_id.eq(workflow_id),
            workflow_versions::number.eq(newest.unwrap_or(0) + 1),
            workflow_versions::graph.eq(serde_json::to_value(&*graph).map_err(Error::internal)?),
            workflow_versions::step_count.eq(step_count),
            workflow_versions::moves.eq(moves),
            workflow_versions::author.eq(caller.actor_name()),
            workflow_versions::published_at.eq(caller.now),
        ))
        .execute(conn)?;
    diesel::update(workflows::table.find((account_id, workflow_id)))
        .set((
            workflows::version_id.eq(id),
            workflows::is_edited.eq(false),
            workflows::step_count.eq(step_count),
        ))
        .execute(conn)?;
    Ok(id)
}

/// The graphs of some versions of these accounts, by their ids.
pub(super) fn graphs(
    conn: &mut PgConnection,
    accounts: &[Uuid],
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Graph>> {
    let found: Vec<(Uuid, Value)> = workflow_versions::table
        .filter(workflow_versions::account_id.eq_any(accounts))
        .filter(workflow_versions::id.eq_any(ids))
        .select((workflow_versions::id, workflow_versions::graph))
        .load(conn)?;
    found
        .into_iter()
        .map(|(id, graph)| Ok((id, read(graph)?)))
        .collect()
}

/// A graph out of the document it is kept as.
pub(super) fn read(graph: Value) -> Result<Graph> {
    serde_json::from_value(graph).map_err(Error::internal)
}
