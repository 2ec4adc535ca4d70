//! `POST /settings/destinations`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, called, input, problems};
use crate::caller::Permission;
use crate::telephony;

/// Adds a destination.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let input = input(&form, true);
    let added = ctx.run(move |conn, caller| telephony::create_destination(conn, caller, input));
    match added.await {
        Ok(destination) => {
            let said = format!("{} may be called now.", called(&destination));
            Ok(ctx.redirect(LIST, said))
        }
        Err(error) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, problems(error)?);
            page(&ctx, status, "", &form, problems).await
        }
    }
}
