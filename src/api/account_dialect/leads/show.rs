//! `GET /leads/{id}`

use actix_web::HttpResponse;

use super::answer;
use crate::api::account_dialect::named::Named;
use crate::api::{Call, Refusal};
use crate::caller::Permission;
use crate::leads;

/// One lead with what happened to it.
///
/// # Errors
/// As [`leads::find`].
pub async fn show(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let lead = call.run(move |conn, caller| {
        let id = leads::id_of(conn, caller, Permission::ReadLeads, id)?;
        let view = leads::find(conn, caller, id)?;
        answer::one(conn, caller, view, &account)
    });
    Ok(HttpResponse::Ok().json(lead.await?))
}
