//! Tries as they are written.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::super::words::AttemptState;
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
