//! `GET /leads/{id}/audit-log`

use actix_web::HttpResponse;

use crate::api::account_dialect::list::{Asked, List};
use crate::api::account_dialect::named::Named;
use crate::api::entry::EntryJson;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::caller::Permission;
use crate::{audit, leads};

/// A page of what happened to a lead, newest first.
///
/// # Errors
/// As [`leads::find`]; a query that is not right.
pub async fn audit_log(
    call: Call,
    Named(id): Named,
    mut query: Query,
) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let list = call.run(move |conn, caller| {
        let asked = Asked::of(&mut query);
        let asked = query.done(asked)?;
        let id = leads::id_of(conn, caller, Permission::ReadLeads, id)?;
        leads::find(conn, caller, id)?;
        let page = audit::page_of_subject(conn, caller, id, &asked.slice())?;
        Ok(List::of(page, asked, |entry| {
            EntryJson::of(entry, &account)
        }))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
