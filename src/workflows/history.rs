//! A lead's history as contract §2 has it: notes, what became of its runs, messages and calls,
//! oldest first.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Int4, Jsonb, Nullable, Text, Timestamptz};
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

use super::attempts::Attempt;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::connectors::Channel;
use crate::db::schema::attempts;
use crate::error::Result;

/// Which entries are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Only what was said by these channels; everything when it is not said.
    pub channels: Option<Vec<Channel>>,
    /// How many at most.
    pub limit: i64,
    /// How many to pass over.
    pub offset: i64,
}

/// An entry.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The id of the note, of the audit entry or of the try.
    pub id: Uuid,
    /// When it was.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub author: String,
    /// What it was.
    pub what: Happened,
}

/// What an entry tells of.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// Somebody wrote this.
    Note(String),
    /// The lead's run or its status changed.
    Change {
        /// What happened.
        event: Event,
        /// The facts.
        data: Value,
    },
    /// The lead was called or written to.
    Try(Box<Attempt>),
}

/// By which people are reached.
const CHANNELS: [Channel; 4] = [
    Channel::Call,
    Channel::Sms,
    Channel::Whatsapp,
    Channel::Email,
];

/// What is told of changes.
const EVENTS: [Event; 7] = [
    Event::LeadEnrolled,
    Event::LeadStatusChanged,
    Event::LeadConverted,
    Event::RunEnded,
    Event::RunPaused,
    Event::RunResumed,
    Event::RunMoved,
];

/// Each of the three is read from its own index, no further than the page reaches. What has not
/// left yet has not happened.
const HISTORY: &str = "
    SELECT kind, id, at, author, event, body, data FROM (
        (SELECT 1 AS kind, id, created_at AS at, 0::bigint AS place, author,
            NULL::text AS event, body, NULL::jsonb AS data
        FROM activities
        WHERE $3 AND account_id = $1 AND lead_id = $2
        ORDER BY created_at, id LIMIT $6)
        UNION ALL
        (SELECT 2, id, created_at, number, actor, event, NULL, data
        FROM audit_entries
        WHERE $3 AND account_id = $1 AND subject_id = $2 AND event = ANY($4)
        ORDER BY created_at, number LIMIT $6)
        UNION ALL
        (SELECT 3, id, occurred_at, 0, author, NULL, NULL, NULL
        FROM attempts
        WHERE account_id = $1 AND lead_id = $2 AND channel = ANY($5)
            AND state IN ('sent', 'done', 'failed', 'unreported')
        ORDER BY occurred_at, id LIMIT $6)
    ) AS happened
    ORDER BY at, kind, place, id
    OFFSET $7 LIMIT $8";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Int4)]
    kind: i32,
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    author: String,
    #[diesel(sql_type = Nullable<Text>)]
    event: Option<Event>,
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    data: Option<Value>,
}

/// The history of a lead the caller has been shown, in two queries.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn history(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    wanted: &Wanted,
) -> Result<Vec<HistoryEntry>> {
    caller.require(Permission::ReadLeads)?;
    let channels = wanted.channels.as_deref().unwrap_or(&CHANNELS);
    let channels: Vec<&str> = channels.iter().map(|channel| channel.as_str()).collect();
    let events: Vec<&str> = EVENTS.iter().map(|event| event.as_str()).collect();
    let rows: Vec<Row> = sql_query(HISTORY)
        .bind::<diesel::sql_types::Uuid, _>(caller.account.id)
        .bind::<diesel::sql_types::Uuid, _>(lead_id)
        .bind::<Bool, _>(wanted.channels.is_none())
        .bind::<Array<Text>, _>(events)
        .bind::<Array<Text>, _>(channels)
        .bind::<BigInt, _>(wanted.offset + wanted.limit)
        .bind::<BigInt, _>(wanted.offset)
        .bind::<BigInt, _>(wanted.limit)
        .load(conn)?;
    let tried: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.kind == 3)
        .map(|row| row.id)
        .collect();
    let mut tries = tries(conn, caller, &tried)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let what = match (row.body, row.event) {
                (Some(body), _) => Happened::Note(body),
                (None, Some(event)) => Happened::Change {
                    event,
                    data: row.data.unwrap_or_default(),
                },
                (None, None) => Happened::Try(Box::new(tries.remove(&row.id)?)),
            };
            Some(HistoryEntry {
                id: row.id,
                at: row.at,
                author: row.author,
                what,
            })
        })
        .collect())
}

fn tries(conn: &mut PgConnection, caller: &Caller, ids: &[Uuid]) -> Result<HashMap<Uuid, Attempt>> {
    let found = Attempt::query()
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::id.eq_any(ids))
        .load(conn)?;
    let found = found.into_iter();
    Ok(found.map(|attempt| (attempt.id, attempt)).collect())
}
