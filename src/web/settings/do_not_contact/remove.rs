//! `GET` and `POST /settings/do-not-contact/{id}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Permission;
use crate::do_not_contact::{self, Entry};
use crate::error::Error;

/// The page that asks why.
#[derive(Template)]
#[template(path = "settings/do_not_contact/remove.html")]
struct Remove<'a> {
    page: Page,
    entry: Entry,
    why: String,
    form: &'a Form,
    problems: Problems,
}

/// Asks why somebody may be contacted again.
///
/// # Errors
/// Not found; forbidden for who is not at least a manager.
pub async fn confirm(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let (form, problems) = (Form::default(), Problems::default());
    page(&ctx, StatusCode::OK, *id, &form, problems).await
}

/// Takes the entry off the list.
///
/// # Errors
/// Not found; forbidden for who is not at least a manager.
pub async fn remove(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let (id, reason) = (*id, form.get("reason").to_owned());
    let removed = ctx.run(move |conn, caller| do_not_contact::remove(conn, caller, id, &reason));
    match removed.await {
        Ok(_) => Ok(ctx.redirect(
            "/settings/do-not-contact",
            "Taken off the list. Nothing is sent by itself because of it.",
        )),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, &[("reason", "Reason")]);
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    ctx: &Ctx,
    status: StatusCode,
    id: Uuid,
    form: &Form,
    problems: Problems,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::RemoveDoNotContact)?;
    let entry = ctx
        .run(move |conn, caller| do_not_contact::find(conn, caller, id))
        .await?;
    let why = entry.sentence(ctx.caller.account.time_zone);
    let page = Remove {
        page: ctx.page(Nav::Elsewhere),
        entry,
        why,
        form,
        problems,
    };
    render(status, &page)
}
