//! `POST /settings/connectors/{channel}/removal`

use actix_web::{HttpResponse, web};

use super::words::called;
use super::{Ctx, Fault, channel};
use crate::caller::Permission;
use crate::connectors;

/// Forgets how a channel's messages leave.
///
/// # Errors
/// Not found when nothing is set; forbidden without the right to change settings.
pub async fn remove(ctx: Ctx, word: web::Path<String>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let channel = channel(&word)?;
    ctx.run(move |conn, caller| connectors::remove(conn, caller, channel))
        .await?;
    let said = match channel.usual() {
        Some(_) => format!("{} are done by people again.", called(channel)),
        None => format!("{} have no way out any more.", called(channel)),
    };
    Ok(ctx.redirect("/settings/connectors", said))
}
