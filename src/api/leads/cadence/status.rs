//! `POST /leads/{id}/status`

use actix_web::{HttpResponse, web};
use serde::Serialize;
use uuid::Uuid;

use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::error::{Error, Result as Outcome};
use crate::workflows::{self, StatusChange};

#[derive(Serialize)]
struct ChangedJson {
    success: bool,
    changed: bool,
    previous_status: String,
    new_status: String,
    workflow_run: RunJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

#[derive(Serialize)]
struct RunJson {
    id: Uuid,
    workflow_id: Uuid,
}

impl From<StatusChange> for ChangedJson {
    fn from(change: StatusChange) -> Self {
        Self {
            success: true,
            changed: change.changed,
            previous_status: change.previous.key,
            new_status: change.new.key,
            workflow_run: RunJson {
                id: change.run_id,
                workflow_id: change.workflow_id,
            },
            note: match (change.ended, change.changed) {
                (true, _) => Some("The run is over, and what was pending does not happen"),
                (false, false) => Some("The lead had this status already"),
                (false, true) => None,
            },
        }
    }
}

/// What is said of a lead's status.
struct Wish {
    key: String,
    reason: Option<String>,
    workflow_id: Option<Uuid>,
}

impl Wish {
    fn of(mut fields: Fields) -> Outcome<Self> {
        fields.drop_nulls();
        let key = fields.required_text("status_key");
        let key = fields.required("status_key", key);
        let reason = fields.required_text("reason");
        let workflow_id = fields.uuid("workflow_id").given().copied();
        fields.done(Self {
            key: key.unwrap_or_default(),
            reason,
            workflow_id,
        })
    }
}

/// Sets a lead's status in its workflow.
///
/// # Errors
/// As [`workflows::set_status`]; a body that is not right.
pub async fn set_status(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let change = call.run(move |conn, caller| {
        let wish = Wish::of(body.fields()?)?;
        let Wish { key, reason, .. } = wish;
        workflows::set_status(conn, caller, *id, key.trim(), reason, wish.workflow_id)
    });
    match change.await {
        Ok(change) => Ok(HttpResponse::Ok().json(ChangedJson::from(change))),
        // The lead was never in a workflow, or not in this one.
        Err(Error::Conflict(_)) => Err(Refusal::NoRun),
        Err(error) => Err(Refusal::said(error)),
    }
}
