//! `GET /settings/destinations/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, called, countries, filters, render};
use crate::caller::Permission;
use crate::telephony::{self, Destination};

#[derive(Template)]
#[template(path = "settings/destinations/edit.html")]
struct Edit<'a> {
    page: Page,
    destination: Destination,
    called: String,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    fn countries(&self) -> Vec<Choice> {
        countries(self.form)
    }
}

/// The form of a destination.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn edit(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, *id, None, Problems::default()).await
}

/// The form as it is, or as it was typed.
///
/// # Errors
/// Not found; forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    typed: Option<&Form>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let destination = ctx
        .run(move |conn, caller| telephony::destination(conn, caller, id))
        .await?;
    let prefix = destination.prefix.as_deref().unwrap_or_default();
    let set = Form::filled_with(&[("country", &destination.country), ("prefix", prefix)]);
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        called: called(&destination),
        destination,
        form: typed.unwrap_or(&set),
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
