//! `GET /audit`

use actix_web::HttpResponse;
use uuid::Uuid;

use super::entry::EntryJson;
use super::list::List;
use super::query::{Query, WHEN, instant};
use super::{Call, Refusal};
use crate::audit;
use crate::error::Result;
use crate::leads::Total;

/// A page of what happened in the account, newest first.
///
/// # Errors
/// As [`audit::page`]; a query that is not right.
pub async fn index(call: Call, query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let (query, number) = asked(query)?;
        let page = audit::page(conn, caller, &query)?;
        let total = audit::total(conn, caller, &query, &page)?;
        let next = page.next.map(|cursor| cursor.encode());
        let entries = page.entries.into_iter();
        let rows = entries.map(|entry| EntryJson::of(entry, caller.account.id));
        Ok(List::new(
            rows.collect(),
            query.limit,
            next,
            Total::of(total),
            number,
        ))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// The entries that an address asks for, and the number of the page when it asks by number.
fn asked(mut query: Query) -> Result<(audit::Query, Option<u32>)> {
    let limit = query.limit(200, "a whole number from 1 to 200");
    let page = query.page(limit);
    let asked = audit::Query {
        event: query.read("event", "an event such as lead_created", |it| {
            it.parse().ok()
        }),
        subject: query.read("subject", "a kind of thing such as lead", |it| {
            it.parse().ok()
        }),
        subject_id: query.read("subject_id", "a UUID", |it| Uuid::try_parse(it).ok()),
        who: query.read("who", WHO, |it| it.parse().ok()),
        since: query.read("created_after", WHEN, instant),
        before: query.read("created_before", WHEN, instant),
        cursor: query.read(
            "cursor",
            "one from the answer before",
            audit::Cursor::decode,
        ),
        offset: page.map_or(0, |page| (page - 1).saturating_mul(limit)),
        limit,
    };
    query.done((asked, page))
}

const WHO: &str = "the id of a person, key:NAME, worker, command line or recipient";
