//! `POST` and `DELETE /leads/{id}/archive`. Asking twice changes nothing more.

use actix_web::HttpResponse;
use uuid::Uuid;

use super::answer;
use crate::api::account_dialect::named::Named;
use crate::api::{Call, Refusal};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::Result as Outcome;
use crate::ids::IdOrNumber;
use crate::leads;

/// Puts a lead away.
///
/// # Errors
/// As [`leads::archive`].
pub async fn archive(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    put(call, id, leads::archive).await
}

/// Brings a lead back.
///
/// # Errors
/// As [`leads::restore`].
pub async fn restore(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    put(call, id, leads::restore).await
}

async fn put(
    call: Call,
    id: IdOrNumber,
    put: fn(&mut PgConnection, &Caller, Uuid) -> Outcome<bool>,
) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let lead = call.run(move |conn, caller| {
        let id = leads::id_of(conn, caller, Permission::WriteLeads, id)?;
        put(conn, caller, id)?;
        let view = leads::changed(conn, caller, id)?;
        answer::one(conn, caller, view, &account)
    });
    Ok(HttpResponse::Ok().json(lead.await?))
}
