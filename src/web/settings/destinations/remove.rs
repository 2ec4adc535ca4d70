//! `GET` and `POST /settings/destinations/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, LIST, Nav, Page, called, filters, render};
use crate::telephony;

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/destinations/remove.html")]
struct Remove {
    page: Page,
    called: String,
    is_prefix: bool,
    action: String,
}

/// Asks whether a destination is to be taken out.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let action = format!("{LIST}/{id}/removal");
    let destination = ctx
        .run(move |conn, caller| telephony::destination(conn, caller, *id))
        .await?;
    let page = Remove {
        page: ctx.page(Nav::Elsewhere),
        called: called(&destination),
        is_prefix: destination.prefix.is_some(),
        action,
    };
    render(StatusCode::OK, &page)
}

/// Takes it out.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let destination = ctx
        .run(move |conn, caller| telephony::delete_destination(conn, caller, *id))
        .await?;
    let said = format!("{} is off the list.", called(&destination));
    Ok(ctx.redirect(LIST, said))
}
