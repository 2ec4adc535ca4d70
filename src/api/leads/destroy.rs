//! `DELETE /leads/{id}`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::api::{Call, Refusal};
use crate::leads;

/// Deletes a lead for good.
///
/// # Errors
/// As [`leads::delete`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| leads::delete(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
