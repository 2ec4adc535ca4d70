//! `POST /workflows/{id}/activation`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::show;
use crate::error::Error;
use crate::web::{Ctx, Fault, Form};
use crate::workflows::{self, Moves};

/// Lets a draft run. One that has faults shows them.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it is no draft.
pub async fn activate(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let activated = ctx
        .run(move |conn, caller| workflows::activate(conn, caller, id, Moves::Stay))
        .await;
    match activated {
        Ok(workflow) => Ok(ctx.redirect(
            &format!("/workflows/{id}"),
            match workflow.row.enrolled_leads {
                0 => "It is active. Leads that are enrolled start at once.".to_owned(),
                1 => "It is active. The lead that waited starts now.".to_owned(),
                many => format!("It is active. The {many} leads that waited start now."),
            },
        )),
        Err(Error::Invalid(_)) => {
            let found = ctx
                .run(move |conn, caller| show::find(conn, caller, id, Form::default()))
                .await?;
            show::page(&ctx, found, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}
