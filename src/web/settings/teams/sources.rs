//! `POST /settings/teams/{id}/sources`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, path, problems};
use crate::error::{Error, Noun};
use crate::teams::{self, SourceInput};

/// Makes a lead source of a team.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn create(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let id = *id;
    let input = SourceInput {
        name: form.get("source").to_owned(),
        team_id: Some(id),
        is_active: true,
    };
    match ctx
        .run(move |conn, caller| teams::create_source(conn, caller, input))
        .await
    {
        Ok(source) => {
            let said = format!("Leads of the team can come from “{}” now.", source.name);
            Ok(ctx.redirect(&path(id), said))
        }
        // The only team it can name is the one of this page.
        Err(Error::Invalid(errors)) if errors.of("team_id").is_some() => {
            Err(Error::NotFound(Noun::Team).into())
        }
        Err(error) => {
            let problems = problems(error, "source", "Name")?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, id, &form, problems).await
        }
    }
}
