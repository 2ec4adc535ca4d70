//! `POST /imports/{id}/columns`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::columns::page;
use super::steps::address;
use super::{Ctx, Fault, Form, Problems, Step, closed, redirect, targets, to_change};
use crate::enrolment::imports;
use crate::error::Error;

const LABELS: &[(&str, &str)] = &[("columns", "The columns"), ("country", "The country")];

/// Chooses what the columns are for.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn choose_columns(
    ctx: Ctx,
    id: web::Path<Uuid>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let import = to_change(&ctx, *id).await?;
    if let Some(elsewhere) = closed(&import) {
        return Ok(elsewhere);
    }
    let targets = targets::read(&form, targets::count(&form));
    let country = form.filled("country").map(str::to_owned);
    let chosen = ctx
        .run(move |conn, caller| imports::choose_columns(conn, caller, *id, targets, country))
        .await;
    match chosen {
        Ok(()) => Ok(redirect(&address(&import, Step::Rules))),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, LABELS);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, status, import.id, Some(&form), problems).await
        }
        Err(error) => Err(error.into()),
    }
}
