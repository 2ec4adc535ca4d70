//! `POST /leads/{id}/task`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::super::list::List;
use super::super::show::page;
use super::super::tabs::Tab;
use super::super::typed::Typed;
use crate::error::Error;
use crate::web::{Ctx, Fault, Form, Query, redirect};
use crate::workflows;
use actix_web::http::StatusCode;

/// Takes what waits for a person at this lead, and opens it in Today.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn take(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let taken = ctx.run(move |conn, caller| workflows::take_task(conn, caller, id));
    match taken.await {
        Ok(_) => Ok(redirect("/today")),
        Err(Error::Conflict(sentence)) => {
            let (list, typed) = (List::of_lead(&query.0), Typed::refused(form, sentence));
            page(&ctx, StatusCode::CONFLICT, id, list, Tab::default(), typed).await
        }
        Err(error) => Err(error.into()),
    }
}
