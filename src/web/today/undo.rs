//! `POST /today/outcomes/{id}/reversal`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::report::too_late;
use crate::error::Error;
use crate::web::{Ctx, Fault, Form};
use crate::workflows;

/// Takes the last outcome back: the lead is at hand again as it was.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn undo(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = *id;
    let undone = ctx.run(move |conn, caller| workflows::undo(conn, caller, id));
    match undone.await {
        Ok(_) => Ok(ctx.redirect("/today", "Taken back. The lead is before you again.")),
        Err(Error::Conflict(sentence)) => too_late(&ctx, form, sentence).await,
        Err(error) => Err(error.into()),
    }
}
