//! `POST /settings/users/{id}/role`, `…/deactivation` and `…/reactivation`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::Form;
use crate::caller::Permission;
use crate::error::{Error, Problem};
use crate::web::{Ctx, Fault, Flash, filters};
use crate::{leads, people};

const LIST: &str = "/settings/users";

/// Gives a person another role.
///
/// # Errors
/// Not found; forbidden; a conflict for oneself and for the last owner.
pub async fn change_role(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let role = form.get("role").parse();
    let role = role.map_err(|_| Error::invalid("role", Problem::Required))?;
    let id = *id;
    let user = ctx
        .run(move |conn, caller| people::change_role(conn, caller, id, role))
        .await?;
    Ok(ctx.redirect(
        LIST,
        format!("{} is {} now.", user.name, filters::a_role(user.role)),
    ))
}

/// Closes the door behind somebody; it can be opened again. When they have leads, the next page asks
/// who gets those.
///
/// # Errors
/// As [`change_role`].
pub async fn deactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let (user, leads) = ctx
        .run(move |conn, caller| {
            let user = people::deactivate(conn, caller, id)?;
            Ok((user, leads::owned_by(conn, caller, id)?))
        })
        .await?;
    let said = format!("{} can no longer sign in.", user.name);
    let back = format!("{LIST}/{id}/reactivation");
    let next = match leads {
        0 => LIST.to_owned(),
        _ => format!("{LIST}/{id}/handover"),
    };
    Ok(ctx.redirect(&next, Flash::with_undo(said, "Let them in again", back)))
}

/// Opens it again.
///
/// # Errors
/// As [`change_role`].
pub async fn reactivate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let user = ctx
        .run(move |conn, caller| people::reactivate(conn, caller, id))
        .await?;
    let said = if user.joined {
        format!("{} can sign in again.", user.name)
    } else {
        format!("{} is back. Make them a new link to join with.", user.name)
    };
    Ok(ctx.redirect(LIST, said))
}
