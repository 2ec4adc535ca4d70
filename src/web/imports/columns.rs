//! `GET /imports/{id}/columns`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::file::previewed;
use super::targets::{NEW, chosen, fields, readings};
use super::{
    Choice, Ctx, Fault, Form, Nav, Page, Problems, Step, Steps, closed, filters, render, to_change,
};
use crate::enrolment::imports::{self, Import, Preview};
use crate::enrolment::{Plan, Target, letters};
use crate::leads;
use crate::web::places;

#[derive(Template)]
#[template(path = "imports/columns.html")]
struct Columns<'a> {
    page: Page,
    steps: Steps,
    import: Import,
    preview: Preview,
    form: &'a Form,
    known: Vec<String>,
    is_remembered: bool,
    problems: Problems,
}

/// What the columns of the file are for: as it was chosen, as the last time, or as their names
/// suggest.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn columns(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, *id, None, Problems::default()).await
}

/// The page, with what somebody chose.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    typed: Option<&Form>,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let import = to_change(ctx, id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    let preview = previewed(ctx, &import).await?;
    let asked = import.clone();
    let found = ctx.run(move |conn, caller| {
        let remembered = match asked.plan {
            Some(_) => None,
            None => imports::remembered(conn, caller, &asked)?,
        };
        Ok((remembered, leads::recent_keys(conn, caller)?))
    });
    let (remembered, known) = found.await?;
    let remembered = remembered.filter(|plan| plan.columns.len() == import.header.len());
    let is_remembered = remembered.is_some();
    let filled = filled(
        ctx,
        &import,
        remembered.or_else(|| import.plan.clone()),
        &known,
    );
    let columns = Columns {
        page: ctx.page(Nav::Imports),
        steps: Steps::of(&import, Step::Columns),
        import,
        preview,
        form: typed.unwrap_or(&filled),
        known,
        is_remembered,
        problems,
    };
    render(status, &columns)
}

/// The form as a plan says it, or as the names of the columns suggest.
fn filled(ctx: &Ctx, import: &Import, plan: Option<Plan>, known: &[String]) -> Form {
    let (targets, country) = match plan {
        Some(plan) => (plan.columns, plan.country),
        None => (imports::suggested(&import.header), None),
    };
    let country = country.unwrap_or_else(|| ctx.caller.account.default_country.clone());
    let mut pairs = vec![("country".to_owned(), country)];
    for (at, (target, name)) in targets.iter().zip(&import.header).enumerate() {
        pairs.push((format!("column_{at}"), chosen(target, known)));
        let (key, reading) = match target {
            Target::Key { key, reading } => (key, reading.as_str()),
            _ => (name, "text"),
        };
        pairs.push((format!("key_{at}"), key.clone()));
        pairs.push((format!("reading_{at}"), reading.to_owned()));
    }
    Form::of(pairs)
}

impl Columns<'_> {
    fn letters(&self, at: &usize) -> String {
        letters(*at)
    }

    /// What a column is called where people hear it only.
    fn said(&self, at: &usize) -> String {
        let name = self.import.header.get(*at).map_or("", String::as_str);
        let letters = letters(*at);
        match name {
            "" => format!("column {letters}"),
            name => format!("column {letters}, {name}"),
        }
    }

    fn samples(&self, at: &usize) -> &[String] {
        self.preview
            .columns
            .get(*at)
            .map_or(&[], |one| &one.samples)
    }

    /// Percent of the rows looked at that have something in a column.
    fn full(&self, at: &usize) -> usize {
        let filled = self.preview.columns.get(*at).map_or(0, |one| one.filled);
        match filled * 100 / self.preview.looked_at.max(1) {
            0 if filled > 0 => 1,
            percent => percent,
        }
    }

    fn fields(&self, at: &usize) -> Vec<Choice> {
        fields(self.form.get(&format!("column_{at}")))
    }

    fn keys(&self, at: &usize) -> Vec<Choice> {
        let current = self.form.get(&format!("column_{at}"));
        let all = self.known.iter();
        all.map(|key| Choice::new(format!("key:{key}"), key, current))
            .collect()
    }

    fn is_new(&self, at: &usize) -> bool {
        self.form.get(&format!("column_{at}")) == NEW
    }

    fn key(&self, at: &usize) -> &str {
        self.form.get(&format!("key_{at}"))
    }

    fn readings(&self, at: &usize) -> Vec<Choice> {
        readings(self.form.get(&format!("reading_{at}")))
    }

    fn problem(&self, at: &usize) -> &str {
        self.problems.of(&format!("column_{at}"))
    }

    fn countries(&self) -> Vec<Choice> {
        places::calling_countries(self.form.get("country"))
    }
}
