//! `POST /workflows/{id}/leads/{run_id}/outcomes`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::workflows::{self, Report, Reported, RunStatus, Upcoming};

#[derive(Serialize)]
struct ReportedJson {
    id: Uuid,
    workflow_id: Uuid,
    status: RunStatus,
    current_node_id: Option<Uuid>,
    outcome: String,
    next: Option<NextJson>,
}

#[derive(Serialize)]
struct NextJson {
    node_id: Uuid,
    label: String,
    due_at: Option<DateTime<Utc>>,
}

impl From<Reported> for ReportedJson {
    fn from(reported: Reported) -> Self {
        Self {
            id: reported.run.id,
            workflow_id: reported.run.workflow_id,
            status: reported.run.status,
            current_node_id: reported.run.current_node_id,
            outcome: reported.outcome,
            next: reported.next.map(NextJson::from),
        }
    }
}

impl From<Upcoming> for NextJson {
    fn from(next: Upcoming) -> Self {
        Self {
            node_id: next.node_id,
            label: next.label,
            due_at: next.due_at,
        }
    }
}

/// Takes what came of the outreach that a run waits for.
///
/// # Errors
/// As [`workflows::report`]; a body that is not right.
pub async fn report_outcome(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    let reported = call.run(move |conn, caller| {
        let report = report(body.fields()?)?;
        workflows::report(conn, caller, workflow_id, id, report)
    });
    Ok(HttpResponse::Created().json(ReportedJson::from(reported.await?)))
}

fn report(mut fields: Fields) -> Outcome<Report> {
    fields.drop_nulls();
    let outcome = fields.required_text("outcome");
    let outcome = fields.required("outcome", outcome);
    let report = Report {
        outcome: outcome.unwrap_or_default(),
        note: fields.required_text("note"),
        duration_seconds: fields.whole("duration_seconds"),
        recording_url: fields.required_text("recording_url"),
        occurred_at: fields.instant("occurred_at"),
        external_id: fields.required_text("external_id"),
        call_back_at: fields.instant("call_back_at"),
    };
    fields.done(report)
}
