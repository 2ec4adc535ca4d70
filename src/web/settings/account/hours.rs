//! `POST /settings/account/contact-hours`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::edit::page;
use super::{Form, Problems};
use crate::accounts;
use crate::caller::Permission;
use crate::web::hours::Hours;
use crate::web::{Ctx, Fault};

/// Sets when leads may be called or written to.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn set_hours(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let typed = Hours::typed(&form);
    let hours = match typed.read() {
        Ok(hours) => hours,
        Err(problems) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let account = Problems::default();
            return page(&ctx, status, None, account, Some(typed), problems).await;
        }
    };
    ctx.run(move |conn, caller| accounts::set_contact_hours(conn, caller, &hours))
        .await?;
    Ok(ctx.redirect("/settings/account", "The contact hours are set."))
}
