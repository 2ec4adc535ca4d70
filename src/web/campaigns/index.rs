//! `GET /campaigns`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::campaigns::{self, Campaign};
use crate::web::{Ctx, Fault, render};

#[derive(Template)]
#[template(path = "campaigns/index.html")]
struct Index {
    page: Page,
    campaigns: Vec<Campaign>,
    may_write: bool,
}

/// Every campaign and how many leads carry it.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let campaigns = ctx.run(campaigns::list).await?;
    let may_write = ctx.may(Permission::WriteCampaigns);
    render(
        StatusCode::OK,
        &Index {
            page: ctx.page(Nav::Campaigns),
            campaigns,
            may_write,
        },
    )
}
