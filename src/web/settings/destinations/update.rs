//! `POST /settings/destinations/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, LIST, input, problems};
use crate::caller::Permission;
use crate::telephony::{self, DestinationInput};

/// Changes a destination.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (id, typed) = (*id, input(&form, true));
    let edit = move |present: DestinationInput| DestinationInput {
        is_enabled: present.is_enabled,
        ..typed
    };
    let changed =
        ctx.run(move |conn, caller| telephony::update_destination(conn, caller, id, edit));
    match changed.await {
        Ok(_) => Ok(ctx.redirect(LIST, "Saved.")),
        Err(error) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, problems(error)?);
            page(&ctx, status, id, Some(&form), problems).await
        }
    }
}
