//! `GET /settings/numbers`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, kinds, render, written};
use crate::caller::Permission;
use crate::telephony::{self, CallingNumber, Kind};

#[derive(Template)]
#[template(path = "settings/numbers/index.html")]
struct Index<'a> {
    page: Page,
    rows: Vec<Row>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

/// A number as it is listed.
struct Row {
    number: CallingNumber,
    called: String,
}

impl Index<'_> {
    fn kinds(&self) -> Vec<(&'static str, &'static str, &'static str, bool)> {
        kinds(self.form)
    }

    /// Whether nobody can be called.
    fn is_silent(&self) -> bool {
        !self.rows.iter().any(|row| row.number.is_active)
    }
}

/// The numbers, above a form for one more.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let usual = Form::filled_with(&[("kind", Kind::Carrier.as_str())]);
    page(&ctx, StatusCode::OK, &usual, Problems::default()).await
}

/// The page, with the form as it was typed.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::ReadSettings)?;
    let numbers = ctx.run(telephony::calling_numbers).await?;
    let row = |number: CallingNumber| Row {
        called: written(&ctx.caller, &number),
        number,
    };
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        rows: numbers.into_iter().map(row).collect(),
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}
