//! `GET` and `POST /leads/{id}/deletion`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::leads::{self, Lead};
use crate::web::{Ctx, Fault, render};

/// The page that asks before.
#[derive(Template)]
#[template(path = "leads/delete.html")]
struct Delete {
    page: Page,
    lead: Lead,
    action: String,
    back: String,
}

/// Asks whether a lead is to be deleted for good.
///
/// # Errors
/// Not found; forbidden without the right to delete leads.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::DeleteLeads)?;
    let id = *id;
    let view = ctx
        .run(move |conn, caller| leads::find(conn, caller, id))
        .await?;
    let delete = Delete {
        page: ctx.page(Nav::Leads),
        lead: view.lead,
        action: format!("/leads/{id}/deletion"),
        back: format!("/leads/{id}"),
    };
    render(StatusCode::OK, &delete)
}

/// Deletes it.
///
/// # Errors
/// Not found; forbidden without the right to delete leads.
pub async fn destroy(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| leads::delete(conn, caller, id))
        .await?;
    Ok(ctx.redirect("/leads", "The lead is deleted."))
}
