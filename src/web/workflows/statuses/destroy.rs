//! `POST /workflows/{id}/statuses/{status}/removal`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Problems, Statuses, find, index, list};
use crate::caller::Permission;
use crate::error::Error;
use crate::web::{Ctx, Fault};
use crate::workflows;

/// Takes a status out that nobody has; one that is in use says so.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn destroy(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let (id, status) = *ids;
    let (workflow, known) = ctx
        .run(move |conn, caller| find(conn, caller, (id, status)))
        .await?;
    let taken = ctx
        .run(move |conn, caller| workflows::delete_status(conn, caller, id, status))
        .await;
    match taken {
        Ok(()) => Ok(ctx.redirect(&list(id), format!("“{}” is taken out.", known.label))),
        Err(Error::Conflict(sentence)) => {
            let problems = Problems::one("label", sentence);
            Statuses::new(&ctx, workflow, index::blank(), problems).answer()
        }
        Err(error) => Err(error.into()),
    }
}
