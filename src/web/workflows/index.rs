//! `GET /workflows`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Nav, Page, filters};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, render};
use crate::workflows::{self, Workflow};

#[derive(Template)]
#[template(path = "workflows/index.html")]
struct Index {
    page: Page,
    workflows: Vec<Workflow>,
    may_edit: bool,
}

/// Every workflow, newest first.
///
/// # Errors
/// When the database can't be asked.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let workflows = ctx.run(workflows::list).await?;
    let index = Index {
        page: ctx.page(Nav::Workflows),
        workflows,
        may_edit: ctx.may(Permission::WriteWorkflows),
    };
    render(StatusCode::OK, &index)
}
