//! `POST /settings/sources/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, LIST, problems};
use crate::teams::{self, SourceInput};

/// Gives a source another name.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let (id, name) = (*id, form.get("name").to_owned());
    let renamed = ctx.run(move |conn, caller| {
        teams::update_source(conn, caller, id, |present| SourceInput { name, ..present })
    });
    match renamed.await {
        Ok(_) => Ok(ctx.redirect(LIST, "Saved.")),
        Err(error) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, problems(error)?);
            page(&ctx, status, id, Some(&form), problems).await
        }
    }
}
