//! Tries as they are written.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::super::words::AttemptState;
use crate::caller::Caller;
use crate::connectors::Channel;
use crate::db::schema::attempts as attempts_table;
use crate::db::write_rows;
use crate::error::Result;

/// A try to be written.
#[derive(Debug, Insertable)]
#[diesel(table_name = attempts_table, treat_none_as_default_value = false)]
pub struct NewAttempt<'a> {
    pub account_id: Uuid,
    /// The id of its step.
    pub id: Uuid,
    pub lead_id: Uuid,
    pub run_id: Uuid,
    pub channel: Channel,
    pub state: AttemptState,
    pub recipient: Option<&'a str>,
    pub subject: Option<String>,
    pub body: Option<String>,
    pub html: Option<String>,
    pub outcome: Option<&'a str>,
    pub note: Option<&'a str>,
    pub duration_seconds: Option<i32>,
    pub recording_url: Option<&'a str>,
    pub external_id: Option<&'a str>,
    pub author: &'a str,
    pub why: Option<String>,
    pub before: Option<Value>,
    pub failures: i32,
    pub wake_at: Option<DateTime<Utc>>,
    pub occurred_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// Writes tries, inside the transaction of the turns they belong to.
pub fn attempts(conn: &mut PgConnection, rows: &[NewAttempt<'_>]) -> Result<()> {
    write_rows!(conn, attempts_table::table, rows)?;
    Ok(())
}

/// Why a step failed that was handed over and not heard of.
pub const NO_REPORT: &str = "No report came within a day";

/// What waited a day to be handed over, as while no worker ran, does not leave any more: the next
/// try has its own message. What is under way says itself what came of it.
const UNREPORTED: &str = "
    UPDATE attempts
    SET state = CASE state WHEN 'sent' THEN 'unreported' ELSE 'failed' END,
        why = CASE state WHEN 'sent' THEN $3 ELSE 'It was not handed over within a day' END,
        outcome = CASE channel WHEN 'application' THEN 'failure' ELSE 'FAILED' END, wake_at = NULL
    WHERE account_id = $1 AND id = ANY($2) AND state IN ('sent', 'queued')";

/// Closes the tries of steps that nobody reported on, inside the transaction of their turns.
pub fn unreported(conn: &mut PgConnection, caller: &Caller, steps: &[Uuid]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    sql_query(UNREPORTED)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(steps)
        .bind::<Text, _>(NO_REPORT)
        .execute(conn)?;
    Ok(())
}
