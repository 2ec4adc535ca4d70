//! `GET` and `POST /campaigns/{id}/deletion`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::campaigns::{self, Campaign};
use crate::web::{Ctx, Fault, render};

/// The page that asks before.
#[derive(Template)]
#[template(path = "campaigns/delete.html")]
struct Delete {
    page: Page,
    campaign: Campaign,
    action: String,
}

/// Asks whether a campaign is to be deleted.
///
/// # Errors
/// Not found; forbidden without the right to write campaigns.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteCampaigns)?;
    let id = *id;
    let campaign = ctx
        .run(move |conn, caller| campaigns::find(conn, caller, id))
        .await?;
    let action = format!("/campaigns/{id}/deletion");
    render(
        StatusCode::OK,
        &Delete {
            page: ctx.page(Nav::Campaigns),
            campaign,
            action,
        },
    )
}

/// Deletes it; its leads live on without it.
///
/// # Errors
/// Not found; forbidden without the right to write campaigns.
pub async fn destroy(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| campaigns::delete(conn, caller, id))
        .await?;
    Ok(ctx.redirect(
        "/campaigns",
        "The campaign is deleted. Its leads are still here.",
    ))
}
