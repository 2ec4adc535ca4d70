//! `GET` and `POST /settings/numbers/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, LIST, Nav, Page, filters, render, written};
use crate::telephony;

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/numbers/remove.html")]
struct Remove {
    page: Page,
    called: String,
    action: String,
}

/// Asks whether a number is to be taken out.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let action = format!("{LIST}/{id}/removal");
    let number = ctx
        .run(move |conn, caller| telephony::calling_number(conn, caller, *id))
        .await?;
    let page = Remove {
        page: ctx.page(Nav::Elsewhere),
        called: written(&ctx.caller, &number),
        action,
    };
    render(StatusCode::OK, &page)
}

/// Takes it out.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let number = ctx
        .run(move |conn, caller| telephony::delete_calling_number(conn, caller, *id))
        .await?;
    let said = format!(
        "{} is no number of yours any more.",
        written(&ctx.caller, &number)
    );
    Ok(ctx.redirect(LIST, said))
}
