//! `POST /settings/account/codes`

use actix_web::HttpResponse;

use super::Form;
use crate::accounts;
use crate::caller::{Permission, Role};
use crate::error::{Error, Problem};
use crate::web::{Ctx, Fault};

/// Sets which roles have to have two-factor codes.
///
/// # Errors
/// Forbidden without the right to change settings; invalid for a role that is none.
pub async fn require_codes(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let chosen = form.all("roles").map(|role| role.parse::<Role>());
    let none = |_| Error::invalid("roles", Problem::Said("There is no such role".into()));
    let roles: Vec<Role> = chosen.collect::<Result<_, _>>().map_err(none)?;
    let said = match roles.is_empty() {
        true => "Nobody has to have two-factor codes.",
        false => "Set. Whoever has no codes yet is led to them on their next page.",
    };
    ctx.run(move |conn, caller| accounts::set_roles_that_need_codes(conn, caller, &roles))
        .await?;
    Ok(ctx.redirect("/settings/account", said))
}
