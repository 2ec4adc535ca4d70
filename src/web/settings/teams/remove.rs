//! `GET` and `POST /settings/teams/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, LIST, Nav, Page, filters, path, render};
use crate::teams::{self, Team};

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/teams/remove.html")]
struct Remove {
    page: Page,
    team: Team,
    back: String,
    action: String,
}

/// Asks whether a team is to be deleted.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let back = path(*id);
    let team = ctx.run(move |conn, caller| teams::team(conn, caller, *id));
    let page = Remove {
        team: team.await?,
        page: ctx.page(Nav::Elsewhere),
        action: format!("{back}/removal"),
        back,
    };
    render(StatusCode::OK, &page)
}

/// Deletes it.
///
/// # Errors
/// Not found; forbidden without the right to change settings; a conflict when it is in use.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let team = ctx.run(move |conn, caller| teams::delete_team(conn, caller, *id));
    let said = format!("“{}” is deleted.", team.await?.name);
    Ok(ctx.redirect(LIST, said))
}
