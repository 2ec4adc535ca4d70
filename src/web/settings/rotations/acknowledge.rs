//! `POST /settings/rotations/{id}/acknowledgement`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault, path};
use crate::rotations;

/// Somebody has seen that leads found none of its people.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn acknowledge(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| rotations::acknowledge(conn, caller, id))
        .await?;
    Ok(ctx.redirect(&path(id), "Good. It is counted anew from here."))
}
