//! `POST /workflows/{id}/statuses/{status}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, LABELS, Problems, Statuses, find, input, list};
use crate::caller::Permission;
use crate::error::Error;
use crate::web::{Ctx, Fault};
use crate::workflows::{self, StatusChanges};

/// Takes the changes.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn update(
    ctx: Ctx,
    ids: web::Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let ((id, status), input) = (*ids, input(&form));
    let (workflow, _) = ctx
        .run(move |conn, caller| find(conn, caller, (id, status)))
        .await?;
    let changes = StatusChanges {
        key: Some(input.key),
        label: Some(input.label),
        color: Some(input.color),
        category: Some(input.category),
        is_terminal: Some(input.is_terminal),
    };
    let saved = ctx
        .run(move |conn, caller| workflows::update_status(conn, caller, id, status, changes))
        .await;
    let problems = match saved {
        Ok(status) => return Ok(ctx.redirect(&list(id), format!("“{}” is saved.", status.label))),
        Err(Error::Invalid(errors)) => Problems::new(&errors, LABELS),
        Err(Error::Conflict(sentence)) => Problems::one("key", sentence),
        Err(error) => return Err(error.into()),
    };
    Statuses {
        edited: Some(status),
        ..Statuses::new(&ctx, workflow, form, problems)
    }
    .answer()
}
