//! `GET /settings/numbers/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, kinds, render, written};
use crate::caller::Permission;
use crate::telephony::{self, CallingNumber};

#[derive(Template)]
#[template(path = "settings/numbers/edit.html")]
struct Edit<'a> {
    page: Page,
    number: CallingNumber,
    called: String,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    fn kinds(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        kinds(self.form)
    }
}

/// The form of a number.
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
    let number = ctx
        .run(move |conn, caller| telephony::calling_number(conn, caller, id))
        .await?;
    let called = written(&ctx.caller, &number);
    let set = Form::filled_with(&[("phone_number", &called), ("kind", number.kind.as_str())]);
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        number,
        called,
        form: typed.unwrap_or(&set),
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
