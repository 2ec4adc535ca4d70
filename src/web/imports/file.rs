//! `GET /imports/{id}/file`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{
    Choice, Ctx, Fault, Form, Nav, Page, Problems, Step, Steps, closed, filters, render, to_change,
};
use crate::enrolment::imports::{self, Import, Preview};
use crate::enrolment::letters;
use crate::error::Result as Outcome;
use crate::tabular::{Delimiter, Encoding, Found, Kind};

/// Rows among which the one that names the columns can be chosen.
const HEADERS: u32 = 30;

#[derive(Template)]
#[template(path = "imports/file.html")]
struct File<'a> {
    page: Page,
    steps: Steps,
    import: Import,
    preview: Preview,
    form: &'a Form,
    problems: Problems,
}

/// How the file was read, and its first rows.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn file(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    page(&ctx, StatusCode::OK, *id, None, Problems::default()).await
}

/// The page as the file is read, or with how somebody wanted it to be.
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
    let read = as_read(&preview.found);
    let file = File {
        page: ctx.page(Nav::Imports),
        steps: Steps::of(&import, Step::File),
        import,
        preview,
        form: typed.unwrap_or(&read),
        problems,
    };
    render(status, &file)
}

/// The beginning of the file, read on the threads for files.
pub async fn previewed(ctx: &Ctx, import: &Import) -> Outcome<Preview> {
    let (uploads, import) = (ctx.state.uploads.clone(), import.clone());
    let read = move || imports::preview(&uploads, &import);
    ctx.state.imports.run(read).await
}

/// The form as the file was read.
fn as_read(found: &Found) -> Form {
    let encoding = found.encoding.map_or("", Encoding::key);
    let delimiter = found.delimiter.map_or("", Delimiter::key);
    Form::filled_with(&[
        ("encoding", encoding),
        ("delimiter", delimiter),
        ("sheet", found.sheet.as_deref().unwrap_or_default()),
        ("header_row", &found.header_row.to_string()),
    ])
}

impl File<'_> {
    fn is_workbook(&self) -> bool {
        self.preview.found.kind == Kind::Xlsx
    }

    fn encodings(&self) -> Vec<Choice> {
        let all = Encoding::ALL.iter();
        let current = self.form.get("encoding");
        all.map(|one| Choice::new(one.key(), one.label(), current))
            .collect()
    }

    fn delimiters(&self) -> Vec<Choice> {
        let all = Delimiter::ALL.iter();
        let current = self.form.get("delimiter");
        all.map(|one| Choice::new(one.key(), one.label(), current))
            .collect()
    }

    fn sheets(&self) -> Vec<Choice> {
        let all = self.preview.found.sheets.iter();
        let current = self.form.get("sheet");
        all.map(|name| Choice::new(name, name, current)).collect()
    }

    fn header_rows(&self) -> Vec<Choice> {
        let current = self.form.get("header_row");
        let row = |row: u32| Choice::new(row.to_string(), format!("Row {row}"), current);
        let found = self.preview.found.header_row;
        let beyond = (found > HEADERS).then_some(found);
        (1..=HEADERS).chain(beyond).map(row).collect()
    }

    /// A column as a spreadsheet calls it.
    fn letters(&self, at: &usize) -> String {
        letters(*at)
    }
}
