//! `POST /workflows/{id}/duplicate`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::json::MovedJson;
use crate::api::{Call, Refusal};
use crate::workflows;

/// Makes a draft of a workflow's statuses, nodes and edges.
///
/// # Errors
/// As [`workflows::duplicate`].
pub async fn duplicate(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let copy = call.run(move |conn, caller| workflows::duplicate(conn, caller, *id));
    Ok(HttpResponse::Created().json(MovedJson::from(copy.await?)))
}
