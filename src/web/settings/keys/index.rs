//! `GET /settings/keys`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Nav, Page, api, filters};
use crate::accounts::{self, Key};
use crate::web::{Ctx, Fault, render};

#[derive(Template)]
#[template(path = "settings/keys/index.html")]
struct Index {
    page: Page,
    keys: Vec<Key>,
    api: String,
}

/// The account's keys.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let keys = ctx.run(accounts::keys).await?;
    render(
        StatusCode::OK,
        &Index {
            page: ctx.page(Nav::Elsewhere),
            keys,
            api: api(&ctx),
        },
    )
}
