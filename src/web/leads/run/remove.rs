//! `POST /leads/{id}/run/removal`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::web::leads::typed::{reason, under};
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Takes a lead out of its workflow.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn remove(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let reason = reason(form, "stop_reason");
        workflows::remove(conn, caller, id, reason).map_err(under("stop_reason"))?;
        Ok("The lead is out of its workflow; what was planned is cancelled.".to_owned())
    })
    .await
}
