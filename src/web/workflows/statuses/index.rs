//! `GET /workflows/{id}/statuses`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, Problems, Statuses};
use crate::web::{Ctx, Fault};
use crate::workflows;

/// What a new status looks like until somebody says otherwise.
pub(super) fn blank() -> Form {
    Form::filled_with(&[("color", "#3b82f6"), ("category", "active")])
}

/// The statuses; for those who may, with the form of another one.
///
/// # Errors
/// Not found.
pub async fn index(ctx: Ctx, id: web::Path<Uuid>) -> Result<HttpResponse, Fault> {
    let id = *id;
    let workflow = ctx
        .run(move |conn, caller| workflows::find(conn, caller, id))
        .await?;
    Statuses::new(&ctx, workflow, blank(), Problems::default()).answer()
}
