//! `POST /leads/{id}/run/step`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{act, chosen};
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Moves a lead to another step of its workflow.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn move_to(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let node_id = chosen(form, "node_id")?;
        workflows::move_to(conn, caller, id, node_id)?;
        Ok("The lead is at the step you chose.".to_owned())
    })
    .await
}
