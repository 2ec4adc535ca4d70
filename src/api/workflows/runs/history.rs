//! `GET /workflows/{id}/leads/{run_id}/history`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::workflows::{self, NodeType, Passed, StepState};

#[derive(Serialize)]
struct HistoryJson {
    id: Uuid,
    workflow_id: Uuid,
    history: Vec<PassedJson>,
}

#[derive(Serialize)]
struct PassedJson {
    node_id: Uuid,
    label: String,
    node_type: NodeType,
    attempt: i32,
    status: StepState,
    outcome: Option<String>,
    why: Option<String>,
    due_at: Option<DateTime<Utc>>,
    entered_at: DateTime<Utc>,
    exited_at: Option<DateTime<Utc>>,
}

impl From<Passed> for PassedJson {
    fn from(step: Passed) -> Self {
        Self {
            node_id: step.node_id,
            label: step.label,
            node_type: step.node_type,
            attempt: step.attempt,
            status: step.state,
            outcome: step.outcome,
            why: step.why,
            due_at: step.due_at,
            entered_at: step.entered_at,
            exited_at: step.exited_at,
        }
    }
}

/// The steps a run came to, oldest first.
///
/// # Errors
/// As [`workflows::run_history`].
pub async fn run_history(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
    query: Query,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    let passed = call.run(move |conn, caller| {
        query.done(())?;
        workflows::run_history(conn, caller, workflow_id, id)
    });
    let history = passed.await?.into_iter().map(PassedJson::from).collect();
    Ok(HttpResponse::Ok().json(HistoryJson {
        id,
        workflow_id,
        history,
    }))
}
