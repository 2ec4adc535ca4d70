//! `POST /settings/destinations/{id}/activation` and `…/deactivation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault, LIST, called};
use crate::telephony::{self, DestinationInput};
use crate::web::Flash;

/// Lets a destination be called.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn activate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let called = switch(&ctx, *id, true).await?;
    Ok(ctx.redirect(LIST, format!("{called} may be called.")))
}

/// Keeps it from being called.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn deactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let called = switch(&ctx, *id, false).await?;
    let said = format!("{called} may not be called through a carrier any more.");
    let back = format!("{LIST}/{id}/activation");
    Ok(ctx.redirect(LIST, Flash::with_undo(said, "Switch it on again", back)))
}

async fn switch(ctx: &Ctx, id: Uuid, is_enabled: bool) -> Result<String, Fault> {
    let edit = move |present| DestinationInput {
        is_enabled,
        ..present
    };
    let destination = ctx
        .run(move |conn, caller| telephony::update_destination(conn, caller, id, edit))
        .await?;
    Ok(called(&destination))
}
