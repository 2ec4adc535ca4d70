//! `POST /settings/fields/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, LIST, input, problems};
use crate::caller::Permission;
use crate::error::Result as Outcome;
use crate::fields::{self, Field};

/// Changes a field.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    match change(&ctx, *id, &form).await {
        Ok(_) => Ok(ctx.redirect(LIST, "Saved.")),
        Err(error) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, problems(error)?);
            page(&ctx, status, *id, Some(&form), problems).await
        }
    }
}

async fn change(ctx: &Ctx, id: Uuid, form: &Form) -> Outcome<Field> {
    ctx.caller.require(Permission::WriteSettings)?;
    let typed = input(form)?;
    ctx.run(move |conn, caller| fields::update(conn, caller, id, |_| typed))
        .await
}
