//! `POST /leads/{id}/run/skip`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::web::leads::typed::{reason, under};
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Passes over the step a lead is at.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn skip(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let reason = reason(form, "skip_reason");
        workflows::skip_step(conn, caller, id, reason).map_err(under("skip_reason"))?;
        Ok("The step is skipped; the lead goes on to the next one.".to_owned())
    })
    .await
}
