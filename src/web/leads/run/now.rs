//! `POST /leads/{id}/run/now`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Ends the wait of a lead's step: it is done at once.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn run_now(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, _| {
        workflows::run_now(conn, caller, id)?;
        Ok("The step is due now.".to_owned())
    })
    .await
}
