//! `POST /leads/{id}/automation/stop`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::workflow;
use crate::api::{Body, Call, Refusal};
use crate::workflows;

/// Stops a lead's run where it is; again changes nothing.
///
/// # Errors
/// As [`workflows::stop_automation`]; a lead without a live run there, a body that is not right.
pub async fn stop_automation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let stopped = call.run(move |conn, caller| {
        let mut fields = body.fields_if_any()?;
        fields.drop_nulls();
        let workflow_id = workflow(&mut fields, "workflow_id");
        let reason = fields.required_text("reason");
        let workflow_id = fields.done(workflow_id)?;
        workflows::stop_automation(conn, caller, *id, workflow_id, reason)
    });
    let stopped = stopped.await.map_err(Refusal::said)?;
    let stopped = stopped.ok_or(Refusal::NoRun)?;
    Ok(HttpResponse::Ok().json(match stopped.already {
        true => json!({
            "success": true, "already_stopped": true, "workflow_run_id": stopped.run_id,
        }),
        false => json!({
            "success": true, "workflow_run_id": stopped.run_id, "cadence_paused": true,
            "tasks_cancelled": stopped.tasks_cancelled,
        }),
    }))
}
