//! `GET /settings/account`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Edit, Form, Problems};
use crate::caller::Permission;
use crate::web::{Ctx, Fault, Nav, render};

/// The account as it is.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn edit(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ReadSettings)?;
    let account = &ctx.caller.account;
    let form = Form::filled_with(&[
        ("name", &account.name),
        ("default_country", &account.default_country),
        ("time_zone", account.time_zone.name()),
    ]);
    let (page, number) = (ctx.page(Nav::Elsewhere), account.number);
    let problems = Problems::default();
    render(
        StatusCode::OK,
        &Edit {
            page,
            number,
            form: &form,
            problems,
        },
    )
}
