//! `POST /settings/rotations/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, path, problems, typed};
use crate::caller::Permission;
use crate::error::Error;
use crate::rotations;

/// Says what a rotation gives out and how.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let id = *id;
    let saved = match typed::over(&form, typed::blank()) {
        Ok(typed) => {
            let edit = move |present| rotations::RotationInput {
                name: typed.name,
                team_id: typed.team_id,
                strategy: typed.strategy,
                fallback: typed.fallback,
                ..present
            };
            ctx.run(move |conn, caller| rotations::update(conn, caller, id, edit))
                .await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(ctx.redirect(&path(id), "Saved.")),
        Err(error @ Error::NotFound(_)) => Err(error.into()),
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
    }
}
