//! `POST /leads/{id}/assign-workflow`

use actix_web::{HttpResponse, web};
use serde::Serialize;
use uuid::Uuid;

use super::workflow;
use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::error::{Error, Problem, Result as Outcome};
use crate::workflows::{self, Assigned};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssignedJson {
    workflow_run_id: Uuid,
    workflow_id: Uuid,
    workflow_name: String,
    movement_type: &'static str,
    paused: bool,
}

impl From<Assigned> for AssignedJson {
    fn from(assigned: Assigned) -> Self {
        Self {
            workflow_run_id: assigned.run_id,
            workflow_id: assigned.workflow_id,
            workflow_name: assigned.workflow_name,
            movement_type: match assigned.was_elsewhere {
                true => "reassignment",
                false => "enrollment",
            },
            paused: assigned.waits,
        }
    }
}

/// Puts a lead into a workflow, in place of the one it is in.
///
/// # Errors
/// As [`workflows::assign`]; a body that is not right.
pub async fn assign_workflow(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let assigned = call.run(move |conn, caller| {
        let (workflow_id, reason) = wish(body.fields()?)?;
        workflows::assign(conn, caller, *id, workflow_id, reason)
    });
    let assigned = assigned.await.map_err(Refusal::said)?;
    Ok(HttpResponse::Created().json(AssignedJson::from(assigned)))
}

/// Which workflow and why. Whoever the program acts for goes into the reason, for people to read.
fn wish(mut fields: Fields) -> Outcome<(Uuid, Option<String>)> {
    fields.drop_nulls();
    let workflow_id = workflow(&mut fields, "workflowId");
    let reason = fields.required_text("reason");
    let actor = fields.required_text("actorId");
    let workflow_id = fields.done(workflow_id)?;
    let workflow_id = workflow_id.ok_or_else(|| Error::invalid("workflowId", Problem::Required))?;
    let reason = match (reason, actor) {
        (Some(reason), Some(actor)) => Some(format!("{reason} (for {actor})")),
        (None, Some(actor)) => Some(format!("for {actor}")),
        (reason, None) => reason,
    };
    Ok((workflow_id, reason))
}
