//! `GET /workflows/{id}/leads`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::workflows::{self, Enrolled, RunStatus};

const STATUSES: &str = "pending, in_progress, waiting, paused, completed, converted, dropped, \
     removed or failed";

#[derive(Serialize)]
struct EnrolledJson {
    id: Uuid,
    workflow_id: Uuid,
    lead_id: Uuid,
    phone_number: Option<String>,
    current_node_id: Option<Uuid>,
    status: RunStatus,
    enrolled_at: DateTime<Utc>,
}

impl From<Enrolled> for EnrolledJson {
    fn from(Enrolled { run, phone_number }: Enrolled) -> Self {
        Self {
            id: run.id,
            workflow_id: run.workflow_id,
            lead_id: run.lead_id,
            phone_number,
            current_node_id: run.current_node_id,
            status: run.status,
            enrolled_at: run.enrolled_at,
        }
    }
}

/// A page of the leads of a workflow, the latest first, those that are over too.
///
/// # Errors
/// As [`workflows::runs_page`]; a query that is not right.
pub async fn runs(
    call: Call,
    id: web::Path<Uuid>,
    mut query: Query,
) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let status = query.read("status", STATUSES, |word| word.parse().ok());
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = workflows::runs_page(conn, caller, *id, status, &slice)?;
        Ok(List::of(page, &slice, EnrolledJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
