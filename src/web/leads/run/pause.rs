//! `POST /leads/{id}/run/pause`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::act;
use crate::web::{Ctx, Fault, Form, Query};
use crate::workflows;

/// Stops what happens by itself: a person takes over.
///
/// # Errors
/// Not found; forbidden without the right to write leads.
pub async fn pause(
    ctx: Ctx,
    id: web::Path<Uuid>,
    query: Query,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    act(ctx, id, query, form, move |conn, caller, _| {
        let said = match workflows::stop_automation(conn, caller, id, None, None)? {
            None => "There is nothing to pause: the lead is in no workflow.",
            Some(stopped) if stopped.already => "It was paused already.",
            Some(_) => "Paused. Nothing leaves by itself until somebody resumes it.",
        };
        Ok(said.to_owned())
    })
    .await
}
