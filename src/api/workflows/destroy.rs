//! `DELETE /workflows/{id}`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::api::{Call, Refusal};
use crate::workflows;

/// Deletes a workflow; its leads live on.
///
/// # Errors
/// As [`workflows::delete`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| workflows::delete(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
