//! `POST /workflows/{id}/pause` and `/resumption`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::web::{Ctx, Fault};
use crate::workflows;

/// Holds a workflow.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it does not run.
pub async fn pause(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| workflows::pause(conn, caller, id))
        .await?;
    let said = "It is paused. Nothing fires until it is resumed.";
    Ok(ctx.redirect(&format!("/workflows/{id}"), said))
}

/// Lets it go on.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it is not paused.
pub async fn resume(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| workflows::resume(conn, caller, id))
        .await?;
    let said = "It goes on. What was left of each wait is waited out.";
    Ok(ctx.redirect(&format!("/workflows/{id}"), said))
}
