//! `GET /leads/{id}/audit-log`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::api::entry::EntryJson;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::audit;
use crate::leads;

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
