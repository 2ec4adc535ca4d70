//! `POST /settings/rotations/{id}/status`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, Problems, path, problems};
use crate::caller::Permission;
use crate::error::Error;
use crate::rotations::{self, Status};

/// Puts a rotation to work, sets it aside, or puts it away.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn set_status(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let id = *id;
    let status: Result<Status, _> = form.get("status").parse();
    let Ok(status) = status else {
        let problems = Problems::one("status", "Choose whether it is at work");
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await;
    };
    let saved = ctx.run(move |conn, caller| rotations::set_status(conn, caller, id, status));
    match saved.await {
        Ok(_) => {
            let said = match status {
                Status::Active => "It is at work: new leads go to whoever’s turn it is.",
                Status::Queued => "It is set aside, and gives nothing out until it is put to work.",
                Status::Archived => "It is archived.",
            };
            Ok(ctx.redirect(&path(id), said))
        }
        Err(error @ Error::NotFound(_)) => Err(error.into()),
        Err(error) => {
            let (form, problems) = (Form::default(), problems(error)?);
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
    }
}
