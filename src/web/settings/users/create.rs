//! `POST /settings/users`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Form, Nav, New, Problems, invited};
use crate::caller::Permission;
use crate::error::{Error, Problem, Result};
use crate::people::{self, Invitation, User};
use crate::web::{Ctx, Fault, render};

const LABELS: &[(&str, &str)] = &[("name", "Name"), ("email", "E-mail"), ("role", "Role")];

/// Invites a person.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let problems = match invite(&ctx, &form).await {
        Ok((user, token)) => return invited(&ctx, user, &token),
        Err(Error::Invalid(errors)) => Problems::new(&errors, LABELS),
        // All that stands in the way is who the e-mail belongs to.
        Err(Error::Conflict(sentence)) => Problems::one("email", sentence),
        Err(error) => return Err(error.into()),
    };
    let page = New {
        page: ctx.page(Nav::Elsewhere),
        form: &form,
        problems,
    };
    render(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn invite(ctx: &Ctx, form: &Form) -> Result<(User, String)> {
    ctx.caller.require(Permission::WriteSettings)?;
    let role = form.get("role").parse();
    let role = role.map_err(|_| Error::invalid("role", Problem::Required))?;
    let (name, email) = (form.get("name").to_owned(), form.get("email").to_owned());
    let input = Invitation { name, email, role };
    ctx.run(move |conn, caller| people::invite(conn, caller, input))
        .await
}
