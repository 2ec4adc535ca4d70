//! `POST /settings/sources/{id}/activation` and `…/deactivation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault, LIST};
use crate::teams::{self, LeadSource, SourceInput};
use crate::web::Flash;

/// Lets new leads come from a source.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn activate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let source = switch(&ctx, *id, true).await?;
    let said = format!("New leads can come from “{}” again.", source.name);
    Ok(ctx.redirect(LIST, said))
}

/// Keeps new leads from coming from it.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn deactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let source = switch(&ctx, *id, false).await?;
    let said = format!(
        "No new leads come from “{}”. Those that came keep it.",
        source.name
    );
    let back = format!("{LIST}/{id}/activation");
    Ok(ctx.redirect(LIST, Flash::with_undo(said, "Activate it again", back)))
}

async fn switch(ctx: &Ctx, id: Uuid, is_active: bool) -> Result<LeadSource, Fault> {
    let edit = move |present| SourceInput {
        is_active,
        ..present
    };
    let source = ctx.run(move |conn, caller| teams::update_source(conn, caller, id, edit));
    Ok(source.await?)
}
