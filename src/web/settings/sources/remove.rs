//! `GET` and `POST /settings/sources/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, LIST, Nav, Page, filters, render};
use crate::teams::{self, LeadSource};

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/sources/remove.html")]
struct Remove {
    page: Page,
    source: LeadSource,
    action: String,
}

/// Asks whether a source is to be deleted.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let action = format!("{LIST}/{id}/removal");
    let source = ctx.run(move |conn, caller| teams::source(conn, caller, *id));
    let page = Remove {
        source: source.await?,
        page: ctx.page(Nav::Elsewhere),
        action,
    };
    render(StatusCode::OK, &page)
}

/// Deletes it.
///
/// # Errors
/// Not found; forbidden without the right to change settings; a conflict when it is in use.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let source = ctx.run(move |conn, caller| teams::delete_source(conn, caller, *id));
    let said = format!("“{}” is deleted.", source.await?.name);
    Ok(ctx.redirect(LIST, said))
}
