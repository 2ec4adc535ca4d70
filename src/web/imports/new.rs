//! `GET /imports/new`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Ctx, Fault, Nav, Page, Problems, Steps, filters, render};
use crate::caller::Permission;
use crate::tabular::limits;
use crate::web::received::LIMIT;

#[derive(Template)]
#[template(path = "imports/new.html")]
struct New {
    page: Page,
    steps: Steps,
    problems: Problems,
    megabytes: u64,
    columns: usize,
}

/// Where a file is chosen.
///
/// # Errors
/// Forbidden without the right to import.
pub async fn new(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ImportLeads)?;
    page(&ctx, StatusCode::OK, Problems::default())
}

/// The page, with what was wrong with a file.
pub fn page(ctx: &Ctx, status: StatusCode, problems: Problems) -> Result<HttpResponse, Fault> {
    let new = New {
        page: ctx.page(Nav::Imports),
        steps: Steps::begun(),
        problems,
        megabytes: LIMIT / 1024 / 1024,
        columns: limits::COLUMNS,
    };
    render(status, &new)
}
