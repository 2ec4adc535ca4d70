//! `GET` and `POST /imports/{id}/discard`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::steps::onward;
use super::{Ctx, Fault, LIST, Nav, Page, closed, filters, render, to_change};
use crate::enrolment::imports::{self, Import};

/// The page that asks before.
#[derive(Template)]
#[template(path = "imports/discard.html")]
struct Discard {
    page: Page,
    import: Import,
    action: String,
    back: String,
}

/// Asks whether an import is to be thrown away.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let import = to_change(&ctx, *id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    let page = Discard {
        page: ctx.page(Nav::Imports),
        action: format!("{LIST}/{id}/discard"),
        back: onward(&import),
        import,
    };
    render(StatusCode::OK, &page)
}

/// Throws it away, with its file.
///
/// # Errors
/// Not found; forbidden without the right to import; in conflict when it has run.
pub async fn discard(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let import = to_change(&ctx, *id).await?;
    let uploads = ctx.state.uploads.clone();
    ctx.run_long(move |conn, caller| imports::discard(conn, caller, &uploads, *id))
        .await?;
    let said = format!("Import {} is thrown away, with its file.", import.number);
    Ok(ctx.redirect(LIST, said))
}
