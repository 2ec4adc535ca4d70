//! `POST /workflows/{id}/activate`, `pause`, `resume` and `cancel`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::json::MovedJson;
use crate::api::{Body, Call, Refusal};
use crate::workflows::{self, Moves};

/// Lets a workflow run, or publishes what was edited of one that runs. `running_leads` may say
/// what becomes of the leads of older versions.
///
/// # Errors
/// As [`workflows::activate`]; a body that is not right.
pub async fn activate(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| {
        let mut fields = body.fields_if_any()?;
        let moves = fields.read("running_leads", "stay, next_step or now", |word| {
            word.parse().ok()
        });
        let moves = fields.done(moves)?.unwrap_or(Moves::Stay);
        workflows::activate(conn, caller, *id, moves)
    });
    Ok(HttpResponse::Ok().json(MovedJson::from(workflow.await?)))
}

/// Holds a workflow.
///
/// # Errors
/// As [`workflows::pause`].
pub async fn pause(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| workflows::pause(conn, caller, *id));
    Ok(HttpResponse::Ok().json(MovedJson::from(workflow.await?)))
}

/// Lets a workflow go on.
///
/// # Errors
/// As [`workflows::resume`].
pub async fn resume(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| workflows::resume(conn, caller, *id));
    Ok(HttpResponse::Ok().json(MovedJson::from(workflow.await?)))
}

/// Gives a workflow up.
///
/// # Errors
/// As [`workflows::cancel`].
pub async fn cancel(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let workflow = call.run(move |conn, caller| workflows::cancel(conn, caller, *id));
    Ok(HttpResponse::Ok().json(MovedJson::from(workflow.await?)))
}
