//! `GET` and `POST /settings/fields/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, LIST, Nav, Page, filters, render};
use crate::fields::{self, Field};

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/fields/remove.html")]
struct Remove {
    page: Page,
    field: Field,
    action: String,
}

/// Asks whether a field is to be taken out of the catalogue.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let action = format!("{LIST}/{id}/removal");
    let field = ctx.run(move |conn, caller| fields::field(conn, caller, *id));
    let page = Remove {
        field: field.await?,
        page: ctx.page(Nav::Elsewhere),
        action,
    };
    render(StatusCode::OK, &page)
}

/// Takes it out.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let field = ctx.run(move |conn, caller| fields::delete(conn, caller, *id));
    let said = format!(
        "“{}” is no field any more. Leads keep what they have under its key.",
        field.await?.label
    );
    Ok(ctx.redirect(LIST, said))
}
