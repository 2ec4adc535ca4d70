//! `POST /workflows/{id}/statuses`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, LABELS, Problems, Statuses, input, list};
use crate::caller::Permission;
use crate::error::Error;
use crate::web::{Ctx, Fault};
use crate::workflows;

/// Adds a status, the last.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn create(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let (id, input) = (*id, input(&form));
    let workflow = ctx
        .run(move |conn, caller| workflows::find(conn, caller, id))
        .await?;
    let made = ctx
        .run(move |conn, caller| workflows::add_status(conn, caller, id, input))
        .await;
    let problems = match made {
        Ok(status) => return Ok(ctx.redirect(&list(id), format!("“{}” is added.", status.label))),
        Err(Error::Invalid(errors)) => Problems::new(&errors, LABELS),
        Err(Error::Conflict(sentence)) => Problems::one("key", sentence),
        Err(error) => return Err(error.into()),
    };
    Statuses::new(&ctx, workflow, form, problems).answer()
}
