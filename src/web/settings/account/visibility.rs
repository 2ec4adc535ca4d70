//! `POST /settings/account/visibility`

use actix_web::HttpResponse;

use super::{Edit, Form};
use crate::accounts;
use crate::caller::{Permission, RepsSee};
use crate::error::{Error, Problem};
use crate::web::{Ctx, Fault};

/// Sets which leads reps see.
///
/// # Errors
/// Forbidden without the right to change settings; invalid for what can't be chosen.
pub async fn set_reps_see(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let none = |_| {
        let sentence = "Choose which leads reps see";
        Error::invalid("leads_reps_see", Problem::Said(sentence.into()))
    };
    let reps_see: RepsSee = form.get("leads_reps_see").parse().map_err(none)?;
    ctx.run(move |conn, caller| accounts::set_leads_reps_see(conn, caller, reps_see))
        .await?;
    Ok(ctx.redirect(
        "/settings/account",
        "Set. It holds from everybody’s next page on.",
    ))
}

impl Edit<'_> {
    /// What it means, in words.
    pub(super) fn says(reps_see: &RepsSee) -> (&'static str, &'static str) {
        match reps_see {
            RepsSee::Own => (
                "Their own",
                "And those of nobody, unless they are of a team that the rep is not in.",
            ),
            RepsSee::Team => (
                "Those of their teams",
                "Also all leads of teams they are in, and of everybody in these teams.",
            ),
            RepsSee::All => ("All", "Every lead of the account."),
        }
    }
}
