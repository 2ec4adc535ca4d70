//! `POST /settings/numbers/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, LIST, input, problems};
use crate::caller::Permission;
use crate::error::Result as Outcome;
use crate::telephony::{self, CallingNumber, CallingNumberInput};

/// Changes a number.
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

async fn change(ctx: &Ctx, id: Uuid, form: &Form) -> Outcome<CallingNumber> {
    ctx.caller.require(Permission::WriteSettings)?;
    let typed = input(form, true)?;
    ctx.run(move |conn, caller| {
        telephony::update_calling_number(conn, caller, id, |present| CallingNumberInput {
            is_active: present.is_active,
            ..typed
        })
    })
    .await
}
