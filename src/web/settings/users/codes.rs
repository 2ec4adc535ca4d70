//! `POST /settings/users/{id}/codes/reset`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::people;
use crate::web::{Ctx, Fault};

/// Turns the two-factor codes of somebody off who has lost their app.
///
/// # Errors
/// Not found; forbidden; a conflict for oneself.
pub async fn reset(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let user = ctx
        .run(move |conn, caller| people::reset_codes(conn, caller, id))
        .await?;
    let said = format!(
        "{} is signed out everywhere, and gets in with the password alone.",
        user.name
    );
    Ok(ctx.redirect("/settings/users", said))
}
