//! `GET /leads/{id}/history`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::super::json::LeadJson;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::connectors::Channel;
use crate::error::Result as Outcome;
use crate::leads;
use crate::workflows::{self, Attempt, AttemptState, Happened, HistoryEntry, Wanted};

const CHANNELS: &str = "a list of call, sms, whatsapp and email";

#[derive(Serialize)]
struct HistoryJson {
    success: bool,
    lead: LeadJson,
    history: Vec<EntryJson>,
}

/// An entry; its type says which of the others are there.
#[derive(Serialize)]
struct EntryJson {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Uuid,
    occurred_at: DateTime<Utc>,
    author: String,
    #[serde(flatten)]
    of: OfJson,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OfJson {
    Activity {
        event: String,
        text: Option<String>,
        data: Option<Value>,
    },
    Try(Box<TryJson>),
}

#[derive(Serialize)]
struct TryJson {
    channel: Channel,
    direction: &'static str,
    to: Option<String>,
    subject: Option<String>,
    text: Option<String>,
    status: AttemptState,
    outcome: Option<String>,
    note: Option<String>,
    why: Option<String>,
    duration_seconds: Option<i32>,
    recording_url: Option<String>,
    workflow_run_id: Uuid,
}

impl From<HistoryEntry> for EntryJson {
    fn from(entry: HistoryEntry) -> Self {
        let kind = match &entry.what {
            Happened::Note(_) | Happened::Change { .. } => "activity",
            Happened::Try(attempt) if attempt.channel != Channel::Call => "message",
            Happened::Try(attempt) if attempt.has_missed() => "call_missed",
            Happened::Try(_) => "call",
        };
        Self {
            kind,
            id: entry.id,
            occurred_at: entry.at,
            author: entry.author,
            of: match entry.what {
                Happened::Note(body) => OfJson::Activity {
                    event: "note".to_owned(),
                    text: Some(body),
                    data: None,
                },
                Happened::Change { event, data } => OfJson::Activity {
                    event: event.to_string(),
                    text: data["reason"].as_str().map(str::to_owned),
                    data: Some(data),
                },
                Happened::Try(attempt) => OfJson::Try(Box::new(TryJson::from(*attempt))),
            },
        }
    }
}

impl From<Attempt> for TryJson {
    fn from(attempt: Attempt) -> Self {
        Self {
            channel: attempt.channel,
            direction: "outbound",
            to: attempt.recipient,
            subject: attempt.subject,
            text: attempt.body,
            status: attempt.state,
            outcome: attempt.outcome,
            note: attempt.note,
            why: attempt.why,
            duration_seconds: attempt.duration_seconds,
            recording_url: attempt.recording_url,
            workflow_run_id: attempt.run_id,
        }
    }
}

/// What was said to a lead and what happened to it, oldest first.
///
/// # Errors
/// As [`leads::find`]; a query that is not right.
pub async fn history(
    call: Call,
    id: web::Path<Uuid>,
    query: Query,
) -> Result<HttpResponse, Refusal> {
    let answer = call.run(move |conn, caller| {
        let wanted = wanted(query)?;
        let view = leads::find(conn, caller, *id)?;
        let entries = workflows::history(conn, caller, *id, &wanted)?;
        Ok(HistoryJson {
            success: true,
            lead: LeadJson::from(view.lead),
            history: entries.into_iter().map(EntryJson::from).collect(),
        })
    });
    let answer = answer.await.map_err(Refusal::said)?;
    Ok(HttpResponse::Ok().json(answer))
}

fn wanted(mut query: Query) -> Outcome<Wanted> {
    let channels = query.read("channel", CHANNELS, |list| {
        list.split(',').map(channel).collect::<Option<Vec<_>>>()
    });
    let limit = query.read("limit", "a whole number from 1 to 200", |value| {
        value.parse().ok().filter(|limit| (1..=200).contains(limit))
    });
    let offset = query.read("offset", "a whole number from 0 to 100,000", |value| {
        let offset = value.parse().ok();
        offset.filter(|offset| (0..=100_000).contains(offset))
    });
    query.done(Wanted {
        channels,
        limit: limit.unwrap_or(50),
        offset: offset.unwrap_or(0),
    })
}

/// A channel by which people are reached.
fn channel(word: &str) -> Option<Channel> {
    let channel = word.trim().parse().ok();
    channel.filter(|channel| *channel != Channel::Application)
}
