//! `GET /campaigns/new`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Edit, Form, Nav, Problems};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, render};

/// The empty form.
///
/// # Errors
/// Forbidden without the right to write campaigns.
pub async fn new(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteCampaigns)?;
    let (page, form) = (ctx.page(Nav::Campaigns), Form::default());
    render(
        StatusCode::OK,
        &Edit {
            page,
            id: None,
            form: &form,
            problems: Problems::default(),
        },
    )
}
