//! `POST /leads/{id}/automation/resume`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::workflow;
use crate::api::{Body, Call, Refusal};
use crate::workflows;

/// Hands a lead's run back, with its cadence or without; again changes nothing.
///
/// # Errors
/// As [`workflows::resume_automation`]; a lead without a live run there, a body that is not right.
pub async fn resume_automation(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let resumed = call.run(move |conn, caller| {
        let mut fields = body.fields_if_any()?;
        fields.drop_nulls();
        let workflow_id = workflow(&mut fields, "workflow_id");
        let with_cadence = fields.flag("resume_cadence").unwrap_or(false);
        let workflow_id = fields.done(workflow_id)?;
        workflows::resume_automation(conn, caller, *id, workflow_id, with_cadence)
    });
    let resumed = resumed.await.map_err(Refusal::said)?;
    let resumed = resumed.ok_or(Refusal::NoRun)?;
    Ok(HttpResponse::Ok().json(match resumed.already {
        true => json!({
            "success": true, "already_running": true, "workflow_run_id": resumed.run_id,
        }),
        false => json!({
            "success": true, "workflow_run_id": resumed.run_id,
            "cadence_resumed": resumed.cadence_resumed,
        }),
    }))
}
