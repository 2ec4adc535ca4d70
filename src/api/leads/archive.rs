//! `POST` and `DELETE /leads/{id}/archive`. Asking twice changes nothing more.

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::api::{Call, Refusal};
use crate::leads;

/// Puts a lead away.
///
/// # Errors
/// As [`leads::archive`].
pub async fn archive(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let id = *id;
    call.run(move |conn, caller| leads::archive(conn, caller, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true, "id": id, "archived": true})))
}

/// Brings a lead back.
///
/// # Errors
/// As [`leads::restore`].
pub async fn restore(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let id = *id;
    call.run(move |conn, caller| leads::restore(conn, caller, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true, "id": id, "archived": false})))
}
