//! `GET /workflows/{id}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::json::WorkflowJson;
use crate::api::{Call, Refusal};
use crate::workflows;

/// One workflow.
///
/// # Errors
/// As [`workflows::find`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| workflows::find(conn, caller, *id));
    Ok(HttpResponse::Ok().json(WorkflowJson::from(workflow.await?)))
}
