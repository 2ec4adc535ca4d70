//! `POST /leads/{id}/workflow`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{act, chosen};
use crate::web::leads::typed::{reason, under};
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Puts a lead into a workflow; the one it is in ends.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn assign(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let workflow_id = chosen(form, "workflow_id")?;
        let reason = reason(form, "assign_reason");
        let assigned = workflows::assign(conn, caller, id, workflow_id, reason)
            .map_err(under("assign_reason"))?;
        let name = assigned.workflow_name;
        Ok(match assigned.waits {
            true => format!("Enrolled in {name}; it starts when that is active."),
            false => format!("Enrolled in {name}."),
        })
    })
    .await
}
