//! `POST /workflows/{id}/duplicate`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::web::{Ctx, Fault};
use crate::workflows;

/// Makes a draft like it.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn duplicate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let copy = ctx
        .run(move |conn, caller| workflows::duplicate(conn, caller, id))
        .await?;
    Ok(ctx.redirect(
        &format!("/workflows/{}", copy.row.id),
        "This is the copy, a draft. Its leads stayed with the first.",
    ))
}
