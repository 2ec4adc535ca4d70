//! `GET /workflows/{id}/nodes/new`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Asked, Edit, Nav, Problems, fields};
use crate::caller::Permission;
use crate::telephony;
use crate::web::{Ctx, Fault, Query};
use crate::workflows::{self, NodeType};

/// The form of a step that is to be put in; a call unless another type is asked for.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn new(
    ctx: Ctx,
    id: web::Path<Uuid>,
    Query(query): Query,
) -> Result<HttpResponse, Fault> {
    ctx.caller.require(Permission::WriteWorkflows)?;
    let id = *id;
    let (workflow, numbers) = ctx
        .run(move |conn, caller| {
            let workflow = workflows::find(conn, caller, id)?;
            Ok((workflow, telephony::calling_numbers(conn, caller)?))
        })
        .await?;
    let asked: Option<NodeType> = query.get("type").parse().ok();
    let node_type = asked.filter(|asked| !asked.is_terminal());
    let node_type = node_type.unwrap_or(NodeType::VoiceCall);
    Edit {
        page: ctx.page(Nav::Workflows),
        workflow,
        id: None,
        node_type,
        asked: Asked::of(&query),
        numbers,
        form: fields::usual(node_type),
        problems: Problems::default(),
    }
    .answer()
}
