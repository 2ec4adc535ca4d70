//! `POST /settings/fields/preset`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, problems};
use crate::fields;

/// Makes the fields that clients of the account dialect send.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn add_preset(ctx: Ctx) -> Result<HttpResponse, Fault> {
    match ctx.run(fields::create_preset).await {
        Ok(made) => {
            let said = match made.len() {
                0 => "The CRM fields are all there.".to_owned(),
                1 => "1 CRM field is added.".to_owned(),
                count => format!("{count} CRM fields are added."),
            };
            Ok(ctx.redirect(LIST, said))
        }
        Err(error) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, problems(error)?);
            page(&ctx, status, &Form::default(), problems).await
        }
    }
}
