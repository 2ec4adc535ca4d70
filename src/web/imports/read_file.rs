//! `POST /imports/{id}/file`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::file::page;
use super::steps::address;
use super::{Ctx, Fault, Form, Problems, Step, closed, redirect, to_change};
use crate::enrolment::imports::{self, Import};
use crate::error::{Error, Result as Outcome};
use crate::tabular::{Choices, Delimiter, Encoding};

/// Reads the file in another way; then shows it, or goes on to its columns.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn read_file(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let import = to_change(&ctx, *id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    match read(&ctx, &import, &form).await {
        Ok(()) => {
            let looks = form.get("then") == "look";
            let next = if looks { Step::File } else { Step::Columns };
            Ok(redirect(&address(&import, next)))
        }
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, &[("file", "The file")]);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, status, *id, Some(&form), problems).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(ctx: &Ctx, import: &Import, form: &Form) -> Outcome<()> {
    let (id, choices) = (import.id, chosen(&import.choices, form));
    let uploads = ctx.state.uploads.clone();
    ctx.run_long(move |conn, caller| imports::choose_file(conn, caller, &uploads, id, &choices))
        .await
}

/// What the form says. Of another sheet, or of cells that are cut in another way, the row with the
/// names is found anew unless it was chosen too.
fn chosen(before: &Choices, form: &Form) -> Choices {
    let mut choices = Choices {
        encoding: Encoding::from_key(form.get("encoding")),
        delimiter: Delimiter::from_key(form.get("delimiter")),
        sheet: form.filled("sheet").map(|_| form.get("sheet").to_owned()),
        header_row: form.get("header_row").parse().ok(),
    };
    let same_row = choices.header_row == before.header_row;
    let same_cells = choices.encoding == before.encoding
        && choices.delimiter == before.delimiter
        && choices.sheet == before.sheet;
    if same_row && !same_cells {
        choices.header_row = None;
    }
    choices
}
