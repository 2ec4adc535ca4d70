//! `GET /workflows`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Nav, Page, filters};
use crate::web::{Ctx, Fault, render};
use crate::workflows::{self, Workflow};

#[derive(Template)]
#[template(path = "workflows/index.html")]
struct Index {
    page: Page,
    workflows: Vec<Workflow>,
}

/// Every workflow, newest first.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let workflows = ctx.run(workflows::list).await?;
    let page = ctx.page(Nav::Workflows);
    render(StatusCode::OK, &Index { page, workflows })
}
