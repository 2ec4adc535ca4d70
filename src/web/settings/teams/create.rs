//! `POST /settings/teams`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::index::page;
use super::{Ctx, Fault, Form, path, problems};
use crate::teams::{self, TeamInput};

/// Makes a team, and goes on to its page: it has nobody in it yet.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    let input = TeamInput {
        name: form.get("name").to_owned(),
        is_active: true,
        members: Vec::new(),
    };
    match ctx
        .run(move |conn, caller| teams::create_team(conn, caller, input))
        .await
    {
        Ok(team) => {
            let said = format!("“{}” is there. Now say who is in it.", team.name);
            Ok(ctx.redirect(&path(team.id), said))
        }
        Err(error) => {
            let problems = problems(error, "name", "Name")?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}
