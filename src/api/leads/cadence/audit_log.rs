//! `GET /leads/{id}/audit-log`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::audit::{self, Entry, Event};
use crate::leads;

/// An entry as contract §5 has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryJson {
    id: i64,
    event: Event,
    user: String,
    api_key: Option<String>,
    data: Value,
    created: DateTime<Utc>,
    request_method: Option<String>,
    request_path: Option<String>,
    request_headers: Value,
    request_ip_address: Option<String>,
    #[serde(rename = "account_id")]
    account_id: Uuid,
}

impl EntryJson {
    fn of(entry: Entry, account_id: Uuid) -> Self {
        Self {
            id: entry.number,
            event: entry.event,
            user: entry.actor,
            api_key: entry.api_key,
            data: entry.data,
            created: entry.created_at,
            request_method: entry.request_method,
            request_path: entry.request_path,
            request_headers: entry.request_headers.unwrap_or_else(|| json!({})),
            request_ip_address: entry.request_ip,
            account_id,
        }
    }
}

/// A page of what happened to a lead, newest first.
///
/// # Errors
/// As [`leads::find`]; a query that is not right.
pub async fn audit_log(
    call: Call,
    id: web::Path<Uuid>,
    mut query: Query,
) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        leads::find(conn, caller, *id)?;
        let page = audit::page_of_subject(conn, caller, *id, &slice)?;
        let account_id = caller.account.id;
        Ok(List::of(page, &slice, |entry| {
            EntryJson::of(entry, account_id)
        }))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
