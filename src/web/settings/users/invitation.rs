//! `POST /settings/users/{id}/invitation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{find, invited};
use crate::people::{self, Invitation};
use crate::web::{Ctx, Fault};

/// Makes a new link for somebody who has not joined yet; the old one no longer works.
///
/// # Errors
/// Not found; forbidden; a conflict when the person has joined.
pub async fn create(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let invite = ctx.run(move |conn, caller| {
        let user = find(conn, caller, id)?;
        let input = Invitation {
            name: user.name,
            email: user.email,
            role: user.role,
        };
        people::invite(conn, caller, input)
    });
    let (user, token) = invite.await?;
    invited(&ctx, user, &token)
}
