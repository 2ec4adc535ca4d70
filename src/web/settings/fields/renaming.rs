//! `GET` and `POST /settings/fields/renaming`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Ctx, Fault, Form, LIST, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::error::{Error, Noun};
use crate::fields::{self, Field};
use crate::leads::{self, KeyMerge, MERGED_AT_ONCE};
use crate::web::Query;

const LABELS: &[(&str, &str)] = &[("from", "Key now"), ("to", "Key from now on")];

/// The page that asks before.
#[derive(Template)]
#[template(path = "settings/fields/renaming.html")]
struct Renaming<'a> {
    page: Page,
    fields: Vec<Field>,
    form: &'a Form,
    /// What would become of the leads, when both keys are given.
    merge: Option<KeyMerge>,
    problems: Problems,
    may_write: bool,
}

impl Renaming<'_> {
    /// The field that the other key is already.
    fn target(&self) -> Option<&Field> {
        let to = self.form.get("to");
        self.fields.iter().find(|field| field.key == to)
    }

    /// Whether it is more than is done at once.
    fn is_too_much(&self, merge: &KeyMerge) -> bool {
        merge.leads > MERGED_AT_ONCE
    }
}

/// Asks which key becomes which, and then whether it is to be so, with how many leads change.
///
/// # Errors
/// Forbidden without the right to see settings.
pub async fn ask(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, &query.0, Problems::default()).await
}

/// Makes one key the other.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn rename(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (from, to) = (form.get("from").to_owned(), form.get("to").to_owned());
    let said = format!("“{from}” is “{to}” now");
    let merged = ctx.run(move |conn, caller| leads::merge_key(conn, caller, &from, &to));
    let problems = match merged.await {
        Ok(1) => return Ok(ctx.redirect(LIST, format!("{said}, of 1 lead."))),
        Ok(leads) => return Ok(ctx.redirect(LIST, format!("{said}, of {leads} leads."))),
        Err(Error::Invalid(errors)) => Problems::new(&errors, LABELS),
        Err(Error::Conflict(sentence)) => Problems::one("from", sentence),
        Err(Error::NotFound(Noun::Field)) => {
            Problems::one("from", "One of the keys must be a field: promote it first")
        }
        Err(error) => return Err(error.into()),
    };
    page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
}

async fn page(
    ctx: &Ctx,
    status: StatusCode,
    form: &Form,
    mut problems: Problems,
) -> Result<HttpResponse, Fault> {
    let (from, to) = (form.get("from").to_owned(), form.get("to").to_owned());
    let is_whole = !from.is_empty() && !to.is_empty() && problems.is_empty();
    let found = ctx.run(move |conn, caller| {
        let fields = fields::fields(conn, caller)?;
        let merge = is_whole.then(|| leads::key_merge(conn, caller, &from, &to));
        match merge.transpose() {
            Ok(merge) => Ok((fields, merge, None)),
            Err(Error::Invalid(errors)) => Ok((fields, None, Some(errors))),
            Err(error) => Err(error),
        }
    });
    let (fields, merge, errors) = found.await?;
    if let Some(errors) = errors {
        problems = Problems::new(&errors, LABELS);
    }
    let renaming = Renaming {
        page: ctx.page(Nav::Elsewhere),
        fields,
        form,
        merge,
        problems,
        may_write: ctx.may(Permission::WriteSettings),
    };
    render(status, &renaming)
}
