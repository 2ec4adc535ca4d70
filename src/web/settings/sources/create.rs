//! `POST /settings/sources`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::index::page;
use super::{Ctx, Fault, Form, LIST, problems};
use crate::caller::Permission;
use crate::error::{Error, Problem, Result as Outcome};
use crate::teams::{self, LeadSource, SourceInput};

/// Makes a lead source.
///
/// # Errors
/// Forbidden without the right to change settings.
pub async fn create(ctx: Ctx, form: Form) -> Result<HttpResponse, Fault> {
    match add(&ctx, &form).await {
        Ok(source) => {
            let said = format!("Leads can come from “{}” now.", source.name);
            Ok(ctx.redirect(LIST, said))
        }
        Err(error) => {
            let problems = problems(error)?;
            page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, problems).await
        }
    }
}

async fn add(ctx: &Ctx, form: &Form) -> Outcome<LeadSource> {
    ctx.caller.require(Permission::WriteSettings)?;
    let team_id = form.filled("team_id").map(Uuid::try_parse).transpose();
    let input = SourceInput {
        name: form.get("name").to_owned(),
        team_id: team_id.map_err(|_| Error::invalid("team_id", Problem::NotOfAccount))?,
        is_active: true,
    };
    ctx.run(move |conn, caller| teams::create_source(conn, caller, input))
        .await
}
