//! `POST /settings/teams/{id}/activation` and `…/deactivation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault, path};
use crate::teams::{self, Team, TeamInput};
use crate::web::Flash;

/// Lets a team take new leads.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn activate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let team = switch(&ctx, *id, true).await?;
    let said = format!("“{}” takes new leads again.", team.name);
    Ok(ctx.redirect(&path(*id), said))
}

/// Keeps new leads out of it.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn deactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let team = switch(&ctx, *id, false).await?;
    let said = format!(
        "“{}” takes no new leads. Those it has stay in it.",
        team.name
    );
    let back = format!("{}/activation", path(*id));
    Ok(ctx.redirect(
        &path(*id),
        Flash::with_undo(said, "Activate it again", back),
    ))
}

async fn switch(ctx: &Ctx, id: Uuid, is_active: bool) -> Result<Team, Fault> {
    let edit = move |present| TeamInput {
        is_active,
        ..present
    };
    let team = ctx.run(move |conn, caller| teams::update_team(conn, caller, id, edit));
    Ok(team.await?)
}
