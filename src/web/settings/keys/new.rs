//! `GET /settings/keys/new`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Form, Nav, New, Problems, people};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, render};

/// The empty form.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn new(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (page, form) = (ctx.page(Nav::Elsewhere), Form::default());
    render(
        StatusCode::OK,
        &New {
            page,
            form: &form,
            problems: Problems::default(),
            people: people(&ctx, &form).await?,
        },
    )
}
