//! `PATCH /leads/{id}`

use actix_web::HttpResponse;

use super::{answer, input};
use crate::api::account_dialect::named::Named;
use crate::api::{Body, Call, Refusal};
use crate::caller::Permission;
use crate::leads;

/// Changes what is said, keeps the rest.
///
/// # Errors
/// As [`leads::update`]; a body that is not right.
pub async fn update(call: Call, Named(id): Named, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let lead = call.run(move |conn, caller| {
        let changes = input::changes(conn, caller, body.fields()?)?;
        let id = leads::id_of(conn, caller, Permission::WriteLeads, id)?;
        let view = leads::update(conn, caller, id, changes, None)?;
        answer::one(conn, caller, view, &account)
    });
    Ok(HttpResponse::Ok().json(lead.await?))
}
