//! `POST /today/release`

use actix_web::HttpResponse;

use super::report::step_of;
use crate::caller::Permission;
use crate::web::{Ctx, Fault, Form};
use crate::workflows;

/// Gives the lead at hand back to the queue and leaves it.
///
/// # Errors
/// Forbidden without the right to write leads.
pub async fn release(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteLeads)?;
    ctx.run(move |conn, caller| workflows::release(conn, caller, step_of(&form)?))
        .await?;
    Ok(ctx.redirect("/leads", "It is back in the queue for whoever is next."))
}
