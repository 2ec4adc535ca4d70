//! `GET /imports/{id}/progress`: how far an import is, as server-sent events.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::Serialize;
use uuid::Uuid;

use super::{Ctx, Fault, words};
use crate::enrolment::imports::{self, Import, State};
use crate::error::Error;

/// How often a page hears of it.
const EVERY: Duration = Duration::from_secs(1);
/// How many times before the page has to ask again: whoever signed out in the meantime is not told
/// for long.
const TIMES: u32 = 300;

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Rows that have come to something.
    pub rows: i32,
    /// Rows of the file, when they are known.
    pub all: Option<i32>,
    /// Both in words, with how quick it is and how long it takes yet.
    pub said: String,
    /// Whether anything is under way.
    pub is_at_work: bool,
}

impl Progress {
    /// How far it is at an instant.
    pub fn of(import: &Import, now: DateTime<Utc>) -> Self {
        let undoing = matches!(import.state, State::Undoing | State::Undone);
        let (rows, all) = match undoing {
            true => (
                import.removed + import.restored + import.left_alone,
                Some(import.counts.created + import.counts.updated),
            ),
            false => (import.counts.rows_read(), import.file_rows),
        };
        let seconds = (now - import.changed_at).num_seconds().max(1);
        let a_second = i64::from(rows) / seconds;
        let mut said = match all {
            Some(all) => format!(
                "{} of {} rows",
                words::thousands(rows),
                words::thousands(all)
            ),
            None => format!("{} rows", words::thousands(rows)),
        };
        if import.state.is_at_work() && a_second > 0 {
            said.push_str(&format!(", {} a second", words::thousands(a_second)));
            if let Some(all) = all.filter(|all| *all > rows) {
                let left = i64::from(all - rows) / a_second;
                said.push_str(&format!(", about {} left", words::lasts(left)));
            }
        }
        Self {
            rows,
            all,
            said,
            is_at_work: import.state.is_at_work(),
        }
    }
}

/// Tells how far the import is, each second, until nothing is under way any more.
///
/// # Errors
/// Not found.
pub async fn progress(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = id.into_inner();
    let first = look(&ctx, id).await?;
    let events = stream::unfold(Some((ctx, first, 0)), move |now| async move {
        let (ctx, progress, times) = now?;
        let event = Ok::<_, Error>(event(&progress));
        if !progress.is_at_work || times >= TIMES {
            return Some((event, None));
        }
        tokio::time::sleep(EVERY).await;
        let next = look(&ctx, id).await.ok();
        Some((event, next.map(|next| (ctx, next, times + 1))))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // What is compressed waits for more of it.
        .insert_header((CONTENT_ENCODING, HeaderValue::from_static("identity")))
        .streaming(events))
}

async fn look(ctx: &Ctx, id: Uuid) -> Result<Progress, Error> {
    let import = ctx
        .run(move |conn, caller| imports::import(conn, caller, id))
        .await?;
    Ok(Progress::of(&import, ctx.state.clock.now()))
}

fn event(progress: &Progress) -> Bytes {
    // Numbers and texts can always be written down.
    let data = serde_json::to_string(progress).unwrap_or_default();
    format!("data: {data}\n\n").into()
}
