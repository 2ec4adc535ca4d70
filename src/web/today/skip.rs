//! `POST /today/skips`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::report::{step_of, too_late};
use super::show::{Typed, page};
use crate::error::Error;
use crate::web::{Ctx, Fault, Form, Problems};
use crate::workflows;

/// Puts the lead at hand back for an hour, with the reason, and brings the next one.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn skip(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let sent = form.clone();
    let skipped = ctx.run(move |conn, caller| {
        workflows::skip(conn, caller, step_of(&sent)?, sent.get("reason"))
    });
    match skipped.await {
        Ok(()) => Ok(ctx.redirect("/today", "Skipped; it comes back in an hour.")),
        Err(Error::Invalid(errors)) => {
            let problems = Problems::new(&errors, &[("reason", "The reason")]);
            let typed = Typed { form, problems };
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed, None).await
        }
        Err(Error::Conflict(sentence)) => too_late(&ctx, form, sentence).await,
        Err(error) => Err(error.into()),
    }
}
