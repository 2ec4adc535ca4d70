//! `POST /settings/fields`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, input, problems};
use crate::caller::Permission;
use crate::error::Result as Outcome;
use crate::fields::{self, Field};

/// Makes a field.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match add(&ctx, &form).await {
        Ok(field) => {
            let said = format!("“{}” is a field of your leads now.", field.label);
            Ok(ctx.redirect(LIST, said))
        }
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}

async fn add(ctx: &Ctx, form: &Form) -> Outcome<Field> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (key, input) = (form.get("key").trim().to_owned(), input(form)?);
    ctx.run(move |conn, caller| fields::create(conn, caller, &key, input))
        .await
}
