//! `POST /profile/codes/deactivation`

use actix_web::HttpResponse;

use super::{again, code_of};
use crate::error::Result;
use crate::people;
use crate::web::{Ctx, Fault, Form};

/// Turns codes off.
///
/// # Errors
/// [`crate::error::Error::Internal`].
pub async fn turn_off(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match turned_off(&ctx, &form).await {
        Ok(()) => {
            let said = "Two-factor codes are off. Everywhere else you are signed out.";
            Ok(ctx.redirect("/profile", said))
        }
        Err(error) => again(&ctx, error).await,
    }
}

async fn turned_off(ctx: &Ctx, form: &Form) -> Result<()> {
    let code = code_of(ctx, form).await?;
    let (sealer, current) = (ctx.state.sealer.clone(), Some(ctx.signed_in.id));
    ctx.run(move |conn, caller| people::turn_off_codes(conn, caller, &sealer, &code, current))
        .await
}
