//! `GET /settings/users/{id}/availability`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, Nav, Problems, Show};
use crate::hours::ContactHours;
use crate::people;
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault, render};

/// When a person works.
///
/// # Errors
/// Not found; forbidden for anybody but the person and those who may see the account's people.
pub async fn show(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, *id, &Form::default(), Problems::default()).await
}

/// The page, with one of its forms as it was typed.
///
/// # Errors
/// As [`show`].
pub async fn page(
    ctx: &Ctx,
    id: Uuid,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let person = ctx.run(move |conn, caller| people::availability(conn, caller, id));
    let person = person.await?;
    let is_typed = form.has("hours");
    let usual = ContactHours::default();
    let show = Show {
        page: ctx.page(Nav::Elsewhere),
        hours: match is_typed {
            true => Hours::typed(form),
            false => Hours::of(person.hours.as_ref().unwrap_or(&usual)),
        },
        has_hours: match is_typed {
            true => form.get("hours") == "these",
            false => person.hours.is_some(),
        },
        person,
        form,
        problems,
    };
    let status = match show.problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    render(status, &show)
}
