//! `GET /leads/{id}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::json::LeadViewJson;
use crate::api::{Call, Refusal};
use crate::leads;

/// One lead with everything that belongs to it.
///
/// # Errors
/// As [`leads::find`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let view = call.run(move |conn, caller| leads::find(conn, caller, *id));
    Ok(HttpResponse::Ok().json(LeadViewJson::from(view.await?)))
}
