//! `GET /settings/account`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Edit, Form, Problems};
use crate::accounts;
use crate::caller::{Permission, RepsSee, Role};
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault, Nav, render};

/// The account as it is.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn edit(ctx: Ctx) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ReadSettings)?;
    let none = Problems::default;
    page(&ctx, StatusCode::OK, None, none(), None, none()).await
}

/// All forms, each as it is set or as it was typed.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    typed: Option<&Form>,
    problems: Problems,
    typed_hours: Option<Hours>,
    hours_problems: Problems,
) -> Result<HttpResponse, Fault> {
    let account = &ctx.caller.account;
    let set = Form::filled_with(&[
        ("name", &account.name),
        ("default_country", &account.default_country),
        ("time_zone", account.time_zone.name()),
        ("duplicates_by_form", account.duplicates.form.as_str()),
        ("duplicates_by_api", account.duplicates.api.as_str()),
        ("duplicates_by_file", account.duplicates.file.as_str()),
    ]);
    let asked = ctx.run(|conn, caller| {
        let roles = accounts::roles_that_need_codes(conn, caller.account.id)?;
        Ok((roles, accounts::contact_hours(conn, caller)?))
    });
    let (roles, set_hours) = asked.await?;
    let every_role = Role::ALL.iter().copied();
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        number: account.number,
        form: typed.unwrap_or(&set),
        problems,
        hours: typed_hours.unwrap_or_else(|| Hours::of(&set_hours)),
        hours_problems,
        reps_see: RepsSee::ALL
            .iter()
            .map(|one| (*one, *one == account.leads_reps_see))
            .collect(),
        roles: every_role
            .map(|role| (role, roles.contains(&role)))
            .collect(),
    };
    render(status, &edit)
}
