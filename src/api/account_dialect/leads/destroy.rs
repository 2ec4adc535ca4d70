//! `DELETE /leads/{id}`

use actix_web::HttpResponse;
use serde_json::json;

use crate::api::account_dialect::named::Named;
use crate::api::{Call, Refusal};
use crate::caller::Permission;
use crate::leads;

/// Deletes a lead for good.
///
/// # Errors
/// As [`leads::delete`].
pub async fn destroy(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let gone = call.run(move |conn, caller| {
        let id = leads::id_of(conn, caller, Permission::DeleteLeads, id)?;
        leads::delete(conn, caller, id)
    });
    gone.await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
