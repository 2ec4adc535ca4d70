//! `POST /settings/connectors/{channel}/secret`

use actix_web::{HttpResponse, web};

use super::{Ctx, Fault, channel, shown_once};
use crate::caller::Permission;
use crate::connectors;

/// Makes another secret, which is shown in the answer itself and nowhere else.
///
/// # Errors
/// Not found when the channel does not leave by HTTP; forbidden without the right to change
/// settings.
pub async fn renew(ctx: Ctx, word: web::Path<String>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let (channel, sealer) = (channel(&word)?, ctx.state.sealer.clone());
    let secret = ctx
        .run(move |conn, caller| connectors::renew_secret(conn, caller, channel, &sealer))
        .await?;
    shown_once(&ctx, channel, secret)
}
