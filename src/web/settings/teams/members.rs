//! `POST /settings/teams/{id}/members` and `…/{user}/removal`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, path, problems};
use crate::caller::Permission;
use crate::error::{Error, Problem, Result as Outcome};
use crate::teams::{self, Member};

/// Takes a person into a team.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn add(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    match come_in(&ctx, *id, &form).await {
        Ok(member) => {
            let said = format!("{} is in the team now.", member.name);
            Ok(ctx.redirect(&path(*id), said))
        }
        Err(error) => {
            let problems = problems(error, "user_id", "Person")?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, *id, &form, problems).await
        }
    }
}

async fn come_in(ctx: &Ctx, id: Uuid, form: &Form) -> Outcome<Member> {
    ctx.caller.require(Permission::WriteSettings)?;
    let user_id = Uuid::try_parse(form.get("user_id"));
    let user_id = user_id.map_err(|_| Error::invalid("user_id", Problem::Required))?;
    ctx.run(move |conn, caller| teams::add_member(conn, caller, id, user_id))
        .await
}

/// Takes a person out of a team.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn remove(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    let (id, user_id) = *ids;
    let member = ctx
        .run(move |conn, caller| teams::remove_member(conn, caller, id, user_id))
        .await?;
    let said = format!(
        "{} is out of the team. Their leads stay theirs.",
        member.name
    );
    Ok(ctx.redirect(&path(id), said))
}
