//! `POST /settings/numbers/{id}/activation` and `…/deactivation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault, LIST, written};
use crate::telephony::{self, CallingNumberInput};
use crate::web::Flash;

/// Lets calls be made from a number.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn activate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let called = switch(&ctx, *id, true).await?;
    Ok(ctx.redirect(LIST, format!("{called} calls again.")))
}

/// Keeps calls from being made from it.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn deactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let called = switch(&ctx, *id, false).await?;
    let said = format!("No call is made from {called} any more.");
    let back = format!("{LIST}/{id}/activation");
    Ok(ctx.redirect(LIST, Flash::with_undo(said, "Switch it on again", back)))
}

async fn switch(ctx: &Ctx, id: Uuid, is_active: bool) -> Result<String, Fault> {
    let edit = move |present| CallingNumberInput {
        is_active,
        ..present
    };
    let number = ctx
        .run(move |conn, caller| telephony::update_calling_number(conn, caller, id, edit))
        .await?;
    Ok(written(&ctx.caller, &number))
}
