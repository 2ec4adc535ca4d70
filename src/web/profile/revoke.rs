//! `POST /profile/sessions/{id}/revocation`, `POST /profile/sessions/revocation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::people;
use crate::web::{Ctx, Fault};

/// Signs another browser out.
///
/// # Errors
/// Not found when it is over or somebody else's.
pub async fn revoke(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    ctx.run(move |conn, caller| people::revoke_session(conn, caller, id))
        .await?;
    Ok(ctx.redirect("/profile", "That browser is signed out."))
}

/// Signs every other browser out.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_others(ctx: Ctx) -> Result<HttpResponse, Fault> {
    let current = Some(ctx.signed_in.id);
    let ended = ctx
        .run(move |conn, caller| people::revoke_other_sessions(conn, caller, current))
        .await?;
    let said = match ended {
        0 => "You were signed in nowhere else.".to_owned(),
        1 => "One other browser is signed out.".to_owned(),
        ended => format!("{ended} other browsers are signed out."),
    };
    Ok(ctx.redirect("/profile", said))
}
