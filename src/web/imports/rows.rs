//! `GET /imports/{id}/rows`: the rows with one outcome, where they can be put right before the import
//! runs.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::told::title;
use super::{Ctx, Fault, Nav, Page, Problems, Query, filters, render};
use crate::caller::Permission;
use crate::enrolment::imports::{self, Import, ShownRow, ShownRows, State};
use crate::enrolment::{Target, Verdict, letters};
use crate::text;

const REASON: usize = 500;

/// Which rows.
#[derive(Clone, Debug)]
pub struct Which {
    /// What becomes of them.
    pub verdict: Verdict,
    /// Why, when only those with one reason are shown.
    pub reason: Option<String>,
    /// After this row.
    pub after: u32,
}

impl Which {
    /// What an address, or the form on its page, says.
    pub fn read(query: &super::Form) -> Self {
        let reason = query
            .filled("reason")
            .map(|reason| reason.replace('\0', ""));
        Self {
            verdict: query.get("verdict").parse().unwrap_or(Verdict::Failed),
            reason: reason.map(|reason| text::at_most(&reason, REASON).into_owned()),
            after: query.get("after").parse().unwrap_or_default(),
        }
    }

    /// Its address.
    pub fn path(&self, import_id: Uuid, after: Option<u32>) -> String {
        let mut pairs = vec![("verdict", self.verdict.as_str().to_owned())];
        pairs.extend(self.reason.clone().map(|reason| ("reason", reason)));
        pairs.extend(after.map(|after| ("after", after.to_string())));
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        format!("/imports/{import_id}/rows?{query}")
    }
}

#[derive(Template)]
#[template(path = "imports/rows.html")]
struct Rows {
    page: Page,
    import: Import,
    which: Which,
    shown: ShownRows,
    problems: Problems,
    may_fix: bool,
}

/// A cell as the page shows it.
struct Cell {
    /// The place of its column.
    at: usize,
    /// What its column is called.
    column: String,
    /// What stands there, with what was put right.
    value: String,
    /// Whether it is what is wrong with the row.
    is_wrong: bool,
    was_fixed: bool,
}

impl Rows {
    fn title(&self) -> &'static str {
        title(self.which.verdict, self.import.state.has_run())
    }

    fn next(&self) -> String {
        match self.shown.next {
            Some(_) => self.which.path(self.import.id, self.shown.next),
            None => String::new(),
        }
    }

    fn first(&self) -> String {
        match self.which.after {
            0 => String::new(),
            _ => self.which.path(self.import.id, None),
        }
    }

    fn back(&self) -> String {
        match self.import.state.has_run() {
            true => format!("/imports/{}", self.import.id),
            false => format!("/imports/{}/check", self.import.id),
        }
    }

    /// The cells of a row that say something, or are wrong.
    fn cells(&self, row: &ShownRow) -> Vec<Cell> {
        let wrong = self.column_of(row);
        let columns = self.import.header.len().max(row.cells.len());
        let cell = |at: usize| {
            let fixed = row.fix.cell(at);
            let value = fixed.or(row.cells.get(at).map(String::as_str));
            Cell {
                at,
                column: self.called(at),
                value: value.unwrap_or_default().trim().to_owned(),
                is_wrong: wrong == Some(at),
                was_fixed: fixed.is_some(),
            }
        };
        let all = (0..columns).map(cell);
        all.filter(|cell| cell.is_wrong || !cell.value.is_empty())
            .collect()
    }

    fn called(&self, at: usize) -> String {
        match self.import.header.get(at) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("Column {}", letters(at)),
        }
    }

    /// The column that fills the field at fault.
    fn column_of(&self, row: &ShownRow) -> Option<usize> {
        let field = row.field.as_deref()?;
        let columns = &self.import.plan.as_ref()?.columns;
        columns.iter().position(|target| match target {
            Target::Field(one) => one.as_str() == field,
            Target::Key { key, .. } => field.strip_prefix("metadata.") == Some(key),
            Target::Ignored | Target::Nameless => false,
        })
    }
}

/// The rows that the address describes.
///
/// # Errors
/// Not found.
pub async fn rows(ctx: Ctx, id: web::Path<Uuid>, query: Query) -> Result<HttpResponse, Fault> {
    let which = Which::read(&query.0);
    page(&ctx, StatusCode::OK, *id, which, Problems::default()).await
}

/// The page, with what was wrong with a form.
///
/// # Errors
/// Not found.
pub async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    which: Which,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    let uploads = ctx.state.uploads.clone();
    let asked = which.clone();
    let (import, shown) = ctx
        .run_long(move |conn, caller| {
            let import = imports::import(conn, caller, id)?;
            let these = (asked.verdict, asked.reason.as_deref());
            let shown = imports::shown_rows(conn, caller, &uploads, &import, these, asked.after)?;
            Ok((import, shown))
        })
        .await?;
    let may_fix = import.state == State::Checked && ctx.may(Permission::ImportLeads);
    let rows = Rows {
        page: ctx.page(Nav::Imports),
        import,
        which,
        shown,
        problems,
        may_fix,
    };
    render(status, &rows)
}
