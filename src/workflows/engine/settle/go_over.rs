//! Leads of older versions go over to one that was published to move them at once.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Int4, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::super::version;
use super::super::super::words::Moves;
use super::{BATCH, Moved, Seen, batch};
use crate::db::schema::workflow_versions;
use crate::error::Result;

/// They keep their place and its time. Those whose node was taken out stay in their version.
const GO_OVER: &str = batch!(
    "r.version_id = ANY($5) AND s.node_id = ANY($6)",
    "placed AS (
        UPDATE workflow_run_steps s
        SET label = n.label, step_number = n.step_number, max_attempts = n.max_attempts
        FROM batch b, unnest($6, $7, $8, $9) AS n (id, label, step_number, max_attempts)
        WHERE s.account_id = b.account_id AND s.id = b.step_id AND n.id = s.node_id
    ), moved AS (
        UPDATE workflow_runs r SET version_id = $10, step_count = $11
        FROM batch b WHERE r.account_id = b.account_id AND r.id = b.run_id
    )"
);

pub fn go_over(
    conn: &mut PgConnection,
    workflow: &Moved,
    _: DateTime<Utc>,
    after: Uuid,
) -> Result<Seen> {
    let versions: Vec<(Uuid, i32, Moves)> = workflow_versions::table
        .filter(workflow_versions::account_id.eq(workflow.account_id))
        .filter(workflow_versions::workflow_id.eq(workflow.id))
        .order(workflow_versions::number.desc())
        .select((
            workflow_versions::id,
            workflow_versions::step_count,
            workflow_versions::moves,
        ))
        .load(conn)?;
    let at_once = versions.iter().position(|(.., moves)| *moves == Moves::Now);
    let Some(at_once) = at_once else {
        return Ok(Seen::default());
    };
    let (version_id, step_count, _) = versions[at_once];
    let older: Vec<Uuid> = versions[at_once + 1..].iter().map(|(id, ..)| *id).collect();
    let mut graphs = version::graphs(conn, &[workflow.account_id], &[version_id])?;
    let nodes = graphs.remove(&version_id).unwrap_or_default().nodes;
    let (ids, labels): (Vec<Uuid>, Vec<&str>) = nodes
        .iter()
        .map(|node| (node.id, node.label.as_str()))
        .unzip();
    let numbers: Vec<Option<i32>> = nodes.iter().map(|node| node.step_number).collect();
    let attempts: Vec<i32> = nodes.iter().map(|node| node.max_attempts()).collect();
    Ok(sql_query(GO_OVER)
        .bind::<SqlUuid, _>(workflow.account_id)
        .bind::<SqlUuid, _>(workflow.id)
        .bind::<BigInt, _>(BATCH)
        .bind::<SqlUuid, _>(after)
        .bind::<Array<SqlUuid>, _>(older)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(labels)
        .bind::<Array<Nullable<Int4>>, _>(numbers)
        .bind::<Array<Int4>, _>(attempts)
        .bind::<SqlUuid, _>(version_id)
        .bind::<Int4, _>(step_count)
        .get_result(conn)?)
}
