//! `POST /profile/codes/secret`

use actix_web::HttpResponse;

use super::PATH;
use crate::people;
use crate::web::{Ctx, Fault, redirect};

/// Makes a secret for one's app, which the page then shows.
///
/// # Errors
/// A conflict when codes are on.
pub async fn begin(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let sealer = ctx.state.sealer.clone();
    ctx.run(move |conn, caller| people::begin_codes(conn, caller, &sealer))
        .await?;
    Ok(redirect(PATH))
}
