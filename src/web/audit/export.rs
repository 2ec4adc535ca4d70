//! `GET /audit/export`: the entries of the list as CSV, newest first. Each piece is read when the
//! one before it has gone, from where that ended, so that a slow reader holds neither memory nor a
//! connection to the database.

use std::mem;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use chrono::SecondsFormat;
use futures_util::stream::{self, Stream};

use super::address::Filters;
use crate::audit::{self, Entry};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::state::State;
use crate::tabular::CsvWriter;
use crate::web::{Ctx, Fault, Query};

/// Entries of one piece.
const PIECE: u32 = 1_000;

const HEADER: [&str; 13] = [
    "number",
    "created_at",
    "event",
    "subject",
    "subject_id",
    "actor",
    "actor_id",
    "api_key",
    "data",
    "request_method",
    "request_path",
    "request_headers",
    "request_ip",
];

/// The whole list that the address describes as a file. An address that is not understood whole is
/// refused: without the filter that is wrong in it, more would leave than was meant to.
///
/// # Errors
/// When the caller may not see them, or the address can't be understood.
pub async fn export(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ReadAudit)?;
    let filters = Filters::read(&query.0);
    if !filters.left_out.is_empty() || !matches!(query.0.get("format"), "" | "csv") {
        return Err(Fault::Malformed);
    }
    let zone = ctx.caller.account.time_zone;
    let day = ctx.caller.now.with_timezone(&zone).format("%Y-%m-%d");
    let named = format!("attachment; filename=\"audit-{day}.csv\"");
    let text = Text {
        state: ctx.state.clone(),
        caller: ctx.caller.clone(),
        query: audit::Query {
            cursor: None,
            limit: PIECE,
            ..filters.query(zone)
        },
        writer: CsvWriter::new(Vec::new()),
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, named))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(pieces(text)))
}

struct Text {
    state: web::Data<State>,
    caller: Caller,
    /// Where the next piece begins.
    query: audit::Query,
    writer: CsvWriter<Vec<u8>>,
}

fn pieces(text: Text) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold(Some(text), async |text| match text {
        None => Ok(None),
        Some(text) => {
            let db = text.state.db.clone();
            let piece = db.run(move |conn| text.write(conn)).await;
            // The head has gone already: all that can be done is to break off.
            piece
                .map(Some)
                .inspect_err(|error| tracing::error!(%error, "an export broke off"))
        }
    })
}

impl Text {
    /// A piece, and itself while there is another.
    fn write(mut self, conn: &mut PgConnection) -> Result<(Bytes, Option<Self>)> {
        if self.query.cursor.is_none() {
            self.writer.row(HEADER).map_err(Error::internal)?;
        }
        let page = audit::page(conn, &self.caller, &self.query)?;
        for entry in &page.entries {
            self.writer.row(cells(entry)).map_err(Error::internal)?;
        }
        let bytes = mem::take(self.writer.to()).into();
        self.query.cursor = page.next;
        let more = page.next.is_some();
        Ok((bytes, more.then_some(self)))
    }
}

fn cells(entry: &Entry) -> [String; 13] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let headers = entry.request_headers.as_ref();
    [
        entry.number.to_string(),
        entry
            .created_at
            .to_rfc3339_opts(SecondsFormat::Micros, true),
        entry.event.to_string(),
        entry.subject.to_string(),
        entry.subject_id.to_string(),
        entry.actor.clone(),
        entry.actor_id.map(|id| id.to_string()).unwrap_or_default(),
        text(&entry.api_key),
        entry.data.to_string(),
        text(&entry.request_method),
        text(&entry.request_path),
        headers.map(ToString::to_string).unwrap_or_default(),
        text(&entry.request_ip),
    ]
}
