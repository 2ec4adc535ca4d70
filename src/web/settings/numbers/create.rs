//! `POST /settings/numbers`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, input, problems, written};
use crate::caller::Permission;
use crate::error::Result as Outcome;
use crate::telephony::{self, CallingNumber};

/// Adds a number.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match add(&ctx, &form).await {
        Ok(number) => {
            let said = format!(
                "{} is one of your numbers now.",
                written(&ctx.caller, &number)
            );
            Ok(ctx.redirect(LIST, said))
        }
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}

async fn add(ctx: &Ctx, form: &Form) -> Outcome<CallingNumber> {
    ctx.caller.require(Permission::WriteSettings)?;
    let input = input(form, true)?;
    ctx.run(move |conn, caller| telephony::create_calling_number(conn, caller, input))
        .await
}
