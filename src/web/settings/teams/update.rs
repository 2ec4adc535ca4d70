//! `POST /settings/teams/{id}`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::edit::page;
use super::{Ctx, Fault, Form, path, problems};
use crate::teams::{self, TeamInput};

/// Gives a team another name.
///
/// # Errors
/// Not found; forbidden without the right to change settings.
pub async fn update(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let (id, name) = (*id, form.get("name").to_owned());
    let renamed = ctx.run(move |conn, caller| {
        teams::update_team(conn, caller, id, |present| TeamInput { name, ..present })
    });
    match renamed.await {
        Ok(_) => Ok(ctx.redirect(&path(id), "Saved.")),
        Err(error) => {
            let (status, problems) = (
                StatusCode::UNPROCESSABLE_ENTITY,
                problems(error, "name", "Name")?,
            );
            page(&ctx, status, id, &form, problems).await
        }
    }
}
