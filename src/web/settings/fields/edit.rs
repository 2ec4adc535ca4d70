//! `GET /settings/fields/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, kinds, renaming_path, render};
use crate::caller::Permission;
use crate::fields::{self, Field};

#[derive(Template)]
#[template(path = "settings/fields/edit.html")]
struct Edit<'a> {
    page: Page,
    field: Field,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Edit<'_> {
    fn renaming(&self) -> String {
        renaming_path(&self.field.key)
    }

    fn kinds(&self) -> Vec<Choice> {
        kinds(self.form)
    }
}

/// The form of a field.
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
    let field = ctx
        .run(move |conn, caller| fields::field(conn, caller, id))
        .await?;
    let choices = field.choices.join("\n");
    let present = Form::filled_with(&[
        ("label", &field.label),
        ("kind", field.kind.as_str()),
        ("choices", &choices),
    ]);
    let edit = Edit {
        page: ctx.page(Nav::Elsewhere),
        field,
        form: typed.unwrap_or(&present),
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &edit)
}
