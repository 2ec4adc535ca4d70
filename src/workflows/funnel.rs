//! How far the leads of an account have come, whatever their workflow calls it.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};

use super::words::Category;
use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::leads::{COUNT_UP_TO, Total};
use crate::visibility;

/// The leads of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The category.
    pub category: Category,
    /// Its statuses, key and label, in the order leads go through them.
    pub statuses: Vec<(String, String)>,
    /// How many leads have one of them; archived ones are not counted.
    pub leads: Total,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    category: Category,
    #[diesel(sql_type = Array<Text>)]
    keys: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    labels: Vec<String>,
    #[diesel(sql_type = BigInt)]
    counted: i64,
}

/// A lead carries the key of its status, and lists are filtered by it: where workflows disagree on
/// what a key means, most of them decide. Each count walks the index of statuses and ends where
/// counting stops.
fn statement(caller: &Caller) -> String {
    let seen = visibility::and_seen(caller, "leads");
    format!(
        "WITH status AS (
        SELECT key, min(label) AS label, min(position) AS place,
               mode() WITHIN GROUP (ORDER BY category) AS category
        FROM workflow_statuses WHERE account_id = $1 GROUP BY key
    ), stage AS (
        SELECT category, array_agg(key ORDER BY place, key) AS keys,
               array_agg(label ORDER BY place, key) AS labels
        FROM status GROUP BY category
    )
    SELECT category, keys, labels, (
        SELECT count(*) FROM (
            SELECT FROM leads WHERE account_id = $1 AND archived_at IS NULL
              AND status_key = ANY(stage.keys){seen} LIMIT $2
        ) AS there
    ) AS counted
    FROM stage"
    )
}

/// The leads that the caller sees by category, in the order of [`Category::ALL`], in one query; nothing while the
/// account has no workflow.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn funnel(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Stage>> {
    caller.require(Permission::ReadLeads)?;
    let mut rows: Vec<Row> = diesel::sql_query(statement(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<BigInt, _>(COUNT_UP_TO + 1)
        .load(conn)?;
    rows.sort_by_key(|row| Category::ALL.iter().position(|one| *one == row.category));
    let stages = rows.into_iter().map(|row| Stage {
        category: row.category,
        statuses: row.keys.into_iter().zip(row.labels).collect(),
        leads: Total::of(row.counted),
    });
    Ok(stages.collect())
}
