//! `POST /imports/{id}/rows`: rows are put right, or left out, and the file is checked again.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::rows::{Which, page};
use super::{Ctx, Fault, Form, Problems};
use crate::enrolment::imports;
use crate::enrolment::{Cells, Fix};
use crate::error::Error;

/// Takes what was put right of the rows on a page.
///
/// # Errors
/// Not found; forbidden without the right to import; when it has begun to run.
pub async fn fix(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = id.into_inner();
    let fixes = read(&form);
    let done = ctx
        .run(move |conn, caller| imports::fix(conn, caller, id, fixes))
        .await;
    match done {
        Ok(()) => {
            let path = format!("/imports/{id}/check");
            Ok(ctx.redirect(&path, "Saved. The rows are checked again."))
        }
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, &[]);
            let which = Which::read(&form);
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, which, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The rows of the form that differ from what its page showed: their cells are `cell-ROW-COLUMN`,
/// what those said is `was-ROW-COLUMN`, and a row that is left out has `out-ROW`.
fn read(form: &Form) -> Vec<(u32, Fix)> {
    let mut fixes: BTreeMap<u32, Fix> = BTreeMap::new();
    for row in form.all("row").filter_map(|row| row.parse::<u32>().ok()) {
        let is_left_out = form.has(&format!("out-{row}"));
        let was_left_out = form.has(&format!("was-out-{row}"));
        let mut cells = BTreeMap::new();
        let prefix = format!("cell-{row}-");
        for (name, value) in form.pairs() {
            let at = name
                .strip_prefix(&prefix)
                .and_then(|at| at.parse::<usize>().ok());
            if let Some(at) = at
                && form.get(&format!("was-{row}-{at}")) != value
            {
                cells.insert(at, value.clone());
            }
        }
        if !cells.is_empty() || is_left_out != was_left_out {
            let cells = Cells(cells);
            fixes.insert(row, Fix { is_left_out, cells });
        }
    }
    fixes.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_a_fix() {
        let form = Form::parse(
            b"row=4&cell-4-1=555&was-4-1=556&row=5&cell-5-1=a&was-5-1=a&row=6&out-6=on&row=7&was-out-7=1&cell-9-1=x",
        );
        let fixes = read(&form.unwrap());
        let cells = Cells([(1, "555".to_owned())].into());
        let fix = |is_left_out, cells| Fix { is_left_out, cells };
        assert_eq!(
            fixes,
            [
                (4, fix(false, cells)),
                (6, fix(true, Cells::default())),
                (7, fix(false, Cells::default())),
            ]
        );
    }
}
