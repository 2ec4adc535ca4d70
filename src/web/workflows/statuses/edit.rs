//! `GET /workflows/{id}/statuses/{status}/edit`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, Problems, Statuses, find};
use crate::caller::Permission;
use crate::web::{Ctx, Fault};

/// The status as it is.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn edit(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let (workflow, status) = ctx
        .run(move |conn, caller| find(conn, caller, *ids))
        .await?;
    let mut values = vec![
        ("label", status.label.as_str()),
        ("key", &status.key),
        ("color", &status.color),
        ("category", status.category.as_str()),
    ];
    values.extend(status.is_terminal.then_some(("is_terminal", "true")));
    let form = Form::filled_with(&values);
    Statuses {
        edited: Some(status.id),
        ..Statuses::new(&ctx, workflow, form, Problems::default())
    }
    .answer()
}
