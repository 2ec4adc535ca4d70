//! `PATCH /workflows/{id}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::json::WorkflowJson;
use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::caller::Permission;
use crate::error::{Error, Result as Outcome};
use crate::workflows::{self, WorkflowChanges};

/// The words of what a workflow can be for.
pub const GOALS: &str = "appointment, sale, qualification or none";

/// Changes what is said, keeps the rest.
///
/// # Errors
/// As [`workflows::update`]; a body that is not right; [`Error::Conflict`] for a status, which
/// other calls change.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| {
        let mut fields = body.fields()?;
        if fields.value("status").is_some() {
            caller.require(Permission::WriteWorkflows)?;
            let sentence = "The status can't be set; use activate, pause, resume or cancel";
            return Err(Error::Conflict(sentence.to_owned()));
        }
        workflows::update(conn, caller, *id, changes(fields)?)
    });
    Ok(HttpResponse::Ok().json(WorkflowJson::from(workflow.await?)))
}

fn changes(mut fields: Fields) -> Outcome<WorkflowChanges> {
    let changes = WorkflowChanges {
        name: fields.required_text("name"),
        description: fields.text("description"),
        goal_type: fields.read("goal_type", GOALS, |word| word.parse().ok()),
        ..WorkflowChanges::default()
    };
    fields.done(changes)
}
