//! `POST /settings/connectors/{channel}/test`

use actix_web::{HttpResponse, web};

use super::{Ctx, Fault, channel, path};
use crate::caller::Permission;
use crate::connectors;
use crate::error::{Error, Noun};
use crate::outreach;

/// Tries the connector of a channel, without a word to any lead, and says what came of it.
///
/// # Errors
/// Not found when nothing is set; forbidden without the right to change settings.
pub async fn test(ctx: Ctx, word: web::Path<String>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let channel = channel(&word)?;
    let (sealer, policy, now) = (ctx.state.sealer.clone(), ctx.state.policy, ctx.caller.now);
    let opened = ctx.run(move |conn, caller| {
        connectors::open(conn, caller.account.id, channel, &sealer)?
            .ok_or(Error::NotFound(Noun::Connector))
    });
    let connector = opened.await?;
    let tried = ctx
        .state
        .errands
        .run(move || Ok(outreach::test(&connector, &policy, now).err()));
    let wrong = tried.await?.map(|failure| failure.to_string());
    let said = match &wrong {
        None => "It works: the other side has answered.".to_owned(),
        Some(sentence) => format!("It does not work. {sentence}"),
    };
    ctx.run(move |conn, caller| connectors::tested(conn, caller, channel, wrong.as_deref()))
        .await?;
    Ok(ctx.redirect(&path(channel), said))
}
