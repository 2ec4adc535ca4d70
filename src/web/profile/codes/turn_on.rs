//! `POST /profile/codes/activation`

use actix_web::HttpResponse;

use super::{again, code_of, shown_once};
use crate::error::Result;
use crate::people;
use crate::web::{Ctx, Fault, Form};

/// Turns codes on, and shows the recovery codes.
///
/// # Errors
/// A conflict when they are on, or were not begun.
pub async fn turn_on(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match confirmed(&ctx, &form).await {
        Ok(codes) => shown_once(
            &ctx,
            codes,
            "Two-factor codes are on. Everywhere else you are signed out.",
        ),
        Err(error) => again(&ctx, error).await,
    }
}

async fn confirmed(ctx: &Ctx, form: &Form) -> Result<Vec<String>> {
    let code = code_of(ctx, form).await?;
    let (sealer, current) = (ctx.state.sealer.clone(), Some(ctx.signed_in.id));
    ctx.run(move |conn, caller| people::turn_on_codes(conn, caller, &sealer, &code, current))
        .await
}
