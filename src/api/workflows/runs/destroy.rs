//! `DELETE /workflows/{id}/leads/{run_id}`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use crate::api::{Call, Refusal};
use crate::workflows;

/// Takes a lead out of its workflow.
///
/// # Errors
/// As [`workflows::remove_run`].
pub async fn remove_run(call: Call, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    call.run(move |conn, caller| workflows::remove_run(conn, caller, workflow_id, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"message": "Lead removed from workflow."})))
}
