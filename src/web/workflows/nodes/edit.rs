//! `GET /workflows/{id}/nodes/{node}/edit`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Asked, Edit, Nav, Problems, fields, find};
use crate::caller::Permission;
use crate::telephony;
use crate::web::{Ctx, Fault};

/// The step as it is.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn edit(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let ((workflow, _, node), numbers) = ctx
        .run(move |conn, caller| {
            let found = find(conn, caller, *ids)?;
            Ok((found, telephony::calling_numbers(conn, caller)?))
        })
        .await?;
    Edit {
        page: ctx.page(Nav::Workflows),
        workflow,
        id: Some(node.id),
        node_type: node.node_type,
        asked: Asked::default(),
        numbers,
        form: fields::filled(&node),
        problems: Problems::default(),
    }
    .answer()
}
