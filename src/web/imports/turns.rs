//! `POST /imports/{id}/run`, `…/cancellation`, `…/resumption` and `…/undo`.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Ctx, Fault};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::enrolment::imports;
use crate::error::{Error, Result as Outcome};

/// Brings the leads of a checked file in.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn run(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    turn(&ctx, *id, imports::run, "The leads are coming in.").await
}

/// Stops what is under way.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn cancel(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    turn(&ctx, *id, imports::cancel, "Stopped.").await
}

/// Goes on with what was stopped, or could not go on.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn go_on(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    turn(&ctx, *id, imports::go_on, "It goes on from where it was.").await
}

/// Takes back what it did.
///
/// # Errors
/// Not found; forbidden without the right to import.
pub async fn undo(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    turn(&ctx, *id, imports::undo, "The import is being undone.").await
}

type Turn = fn(&mut PgConnection, &Caller, Uuid) -> Outcome<()>;

/// What can't be done in the present state is said on the import's page, which may have changed since
/// the button was shown.
async fn turn(ctx: &Ctx, id: Uuid, turn: Turn, said: &str) -> Result<HttpResponse, Fault> {
    let path = format!("/imports/{id}");
    let done = ctx.run(move |conn, caller| turn(conn, caller, id)).await;
    match done {
        Ok(()) => Ok(ctx.redirect(&path, said)),
        Err(Error::Conflict(sentence)) => Ok(ctx.redirect(&path, sentence.as_str())),
        Err(error) => Err(error.into()),
    }
}
