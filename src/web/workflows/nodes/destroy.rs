//! `POST /workflows/{id}/nodes/{node}/removal`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::error::{Error, Noun};
use crate::web::{Ctx, Fault};
use crate::workflows::{self, arrange};

/// Takes a step out; what led to it leads to what followed it.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when branches still
/// lead to an end.
pub async fn destroy(ctx: Ctx, ids: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, Fault> {
    let (id, node) = *ids;
    let label = ctx
        .run(move |conn, caller| {
            workflows::edit(conn, caller, id, |graph| {
                let label = graph.node(node).map(|node| node.label.clone());
                let label = label.ok_or(Error::NotFound(Noun::Node))?;
                arrange::remove(graph, node)?;
                Ok(label)
            })
        })
        .await?;
    let page = format!("/workflows/{id}#steps");
    Ok(ctx.redirect(&page, format!("“{label}” is taken out.")))
}
