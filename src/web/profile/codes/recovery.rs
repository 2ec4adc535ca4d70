//! `POST /profile/codes/recovery`

use actix_web::HttpResponse;

use super::{again, code_of, shown_once};
use crate::error::Result;
use crate::people;
use crate::web::{Ctx, Fault, Form};

/// Makes new recovery codes and shows them.
///
/// # Errors
/// [`crate::error::Error::Internal`].
pub async fn renew(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match renewed(&ctx, &form).await {
        Ok(codes) => shown_once(&ctx, codes, "The recovery codes from before work no more."),
        Err(error) => again(&ctx, error).await,
    }
}

async fn renewed(ctx: &Ctx, form: &Form) -> Result<Vec<String>> {
    let code = code_of(ctx, form).await?;
    let sealer = ctx.state.sealer.clone();
    ctx.run(move |conn, caller| people::renew_recovery_codes(conn, caller, &sealer, &code))
        .await
}
