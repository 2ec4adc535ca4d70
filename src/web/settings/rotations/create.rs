//! `POST /settings/rotations`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, path, problems, typed};
use crate::caller::Permission;
use crate::rotations::{self, MemberInput};
use crate::teams::MemberRef;

/// Makes a rotation of the people who are ticked, and goes on to its page.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteSettings)?;
    let people = form.all("person");
    let members = people
        .map(|one| MemberInput::of(MemberRef::of(one)))
        .collect();
    let made = match typed::over(&form, typed::blank()) {
        Ok(mut input) => {
            input.members = members;
            ctx.run(move |conn, caller| rotations::create(conn, caller, input))
                .await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(rotation) => {
            let said = "It is at work. Below is who gets the next leads.";
            Ok(ctx.redirect(&path(rotation.id), said))
        }
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}
