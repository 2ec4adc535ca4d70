//! `GET /settings/fields`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{
    Choice, Ctx, Fault, Form, Nav, Page, Problems, called, filters, kinds, renaming_path, render,
};
use crate::caller::Permission;
use crate::fields::{self, Field, Kind};
use crate::leads::{self, KeyFigures};

#[derive(Template)]
#[template(path = "settings/fields/index.html")]
struct Index<'a> {
    page: Page,
    fields: Vec<Field>,
    figures: Vec<KeyFigures>,
    form: &'a Form,
    problems: Problems,
    may_write: bool,
}

impl Index<'_> {
    /// What leads have under the key of a field, when any has it.
    fn figures_of(&self, field: &Field) -> Option<&KeyFigures> {
        self.figures.iter().find(|one| one.key == field.key)
    }

    /// Keys that are no fields.
    fn loose(&self) -> Vec<&KeyFigures> {
        let is_field = |one: &&KeyFigures| self.fields.iter().any(|field| field.key == one.key);
        self.figures.iter().filter(|one| !is_field(one)).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        kinds(self.form)
    }

    fn called(&self, kind: &Kind) -> &'static str {
        called(*kind)
    }

    fn renaming(&self, key: &str) -> String {
        renaming_path(key)
    }

    /// How many leads have a key.
    fn counted(&self, leads: &i64) -> String {
        match *leads {
            leads::LOOKED_AT => "all 10,000".to_owned(),
            leads => leads.to_string(),
        }
    }

    /// A value as people read it.
    fn sample<'b>(&self, figures: &'b KeyFigures) -> &'b str {
        match (figures.kind, figures.sample.as_str()) {
            (Kind::Boolean, "true") => "yes",
            (Kind::Boolean, "false") => "no",
            (_, sample) => sample,
        }
    }
}

/// The fields, the keys that are none yet, and a form for one more.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn index(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let usual = Form::filled_with(&[("kind", Kind::Text.as_str())]);
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
    let both = ctx.run(|conn, caller| {
        let fields = fields::fields(conn, caller)?;
        let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
        let figures = leads::key_figures(conn, caller, &keys)?;
        Ok((fields, figures))
    });
    let (fields, figures) = both.await?;
    let index = Index {
        page: ctx.page(Nav::Elsewhere),
        fields,
        figures,
        form,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &index)
}
