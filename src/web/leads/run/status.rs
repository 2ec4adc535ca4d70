//! `POST /leads/{id}/status`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::error::{Error, Problem};
use crate::web::leads::typed::{reason, under};
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Sets a lead's status by hand; one that ends the run ends it.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn set_status(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let key = form.filled("status_key");
        let key = key.ok_or_else(|| Error::invalid("status_key", Problem::Required))?;
        let reason = reason(form, "status_reason");
        let set = workflows::set_status(conn, caller, id, key, reason, None)
            .map_err(under("status_reason"))?;
        let status = set.new.label;
        Ok(match (set.changed, set.ended) {
            (false, _) => format!("It was {status} already."),
            (true, true) => format!("It is {status} now, and its run is over."),
            (true, false) => format!("It is {status} now."),
        })
    })
    .await
}
