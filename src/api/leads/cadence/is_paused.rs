//! `GET /leads/{id}/is_paused`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::api::{Call, Refusal};
use crate::workflows;

/// Whether a lead is in a person's hands.
///
/// # Errors
/// As [`workflows::is_paused`].
pub async fn is_paused(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let paused = call.run(move |conn, caller| workflows::is_paused(conn, caller, *id));
    let paused = paused.await.map_err(Refusal::said)?;
    Ok(HttpResponse::Ok().json(json!({"success": true, "paused": paused})))
}
