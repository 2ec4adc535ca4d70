//! `POST /leads/{id}/run/resumption`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Lets a lead go on: its whole cadence, or only what people do.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn resume(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, form| {
        let cadence = form.get("with") != "hand";
        let said = match workflows::resume_automation(conn, caller, id, None, cadence)? {
            None => "There is nothing to resume: the lead is in no workflow.",
            Some(resumed) if resumed.already => "It was not paused.",
            Some(_) if cadence => "The cadence goes on; what was left of its wait is left now.",
            Some(_) => "Yours to work by hand; the cadence stays where it stands.",
        };
        Ok(said.to_owned())
    })
    .await
}
