//! `POST /leads/{id}/notes`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::Form;
use super::list::List;
use super::show::{page, path};
use super::tabs::Tab;
use super::typed::Typed;
use crate::error::Error;
use crate::leads;
use crate::web::{Ctx, Fault, Query};

/// Writes a note. One that can't be written stays in its box, with the reason beside it.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn add_note(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let list = List::of_lead(&query.0);
    let text = form.get("body").to_owned();
    let written = ctx.run(move |conn, caller| leads::add_note(conn, caller, id, &text));
    match written.await {
        Ok(_) => Ok(ctx.redirect(&path(id, &list), "Your note is written.")),
        Err(Error::Invalid(errors)) => {
            let typed = Typed::wrong(form, &errors);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&ctx, status, id, list, Tab::default(), typed).await
        }
        Err(error) => Err(error.into()),
    }
}
