//! `POST /workflows/{id}/statuses/{status}/move`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, find, list};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, redirect};
use crate::workflows;

/// Puts a status one place up or down; a form that says neither puts it down.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn shift(
    ctx: Ctx,
    ids: web::Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let ((id, status), up) = (*ids, form.get("way") == "up");
    ctx.run(move |conn, caller| {
        let (workflow, _) = find(conn, caller, (id, status))?;
        let mut order: Vec<Uuid> = workflow.statuses.iter().map(|one| one.id).collect();
        let at = order.iter().position(|one| *one == status).unwrap_or(0);
        let to = match up {
            true => at.saturating_sub(1),
            false => (at + 1).min(order.len() - 1),
        };
        order.swap(at, to);
        workflows::reorder_statuses(conn, caller, id, &order)
    })
    .await?;
    Ok(redirect(&format!("{}#status-{status}", list(id))))
}
