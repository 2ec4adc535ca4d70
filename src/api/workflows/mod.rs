//! Workflows (contract §3), to be read.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::list::List;
use super::query::Query;
use super::{Call, Refusal};
use crate::workflows::{self, Category, GoalType, Status, Workflow, WorkflowStatus};

#[derive(Serialize)]
struct WorkflowJson {
    id: Uuid,
    name: String,
    description: Option<String>,
    status: WorkflowStatus,
    goal_type: GoalType,
    node_count: i64,
    edge_count: i64,
    enrolled_leads: i64,
    statuses: Vec<StatusJson>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct StatusJson {
    id: Uuid,
    key: String,
    label: String,
    color: String,
    category: Category,
    is_terminal: bool,
}

impl From<Workflow> for WorkflowJson {
    fn from(Workflow { row, statuses }: Workflow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description,
            status: row.status,
            goal_type: row.goal_type,
            node_count: row.node_count,
            edge_count: row.edge_count,
            enrolled_leads: row.enrolled_leads,
            statuses: statuses.into_iter().map(StatusJson::from).collect(),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl From<Status> for StatusJson {
    fn from(status: Status) -> Self {
        Self {
            id: status.id,
            key: status.key,
            label: status.label,
            color: status.color,
            category: status.category,
            is_terminal: status.is_terminal,
        }
    }
}

/// `GET /workflows`
///
/// # Errors
/// As [`workflows::page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = workflows::page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, WorkflowJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `GET /workflows/{id}`
///
/// # Errors
/// As [`workflows::find`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| workflows::find(conn, caller, *id));
    Ok(HttpResponse::Ok().json(WorkflowJson::from(workflow.await?)))
}
