//! `POST /workflows/{id}/nodes/{node}/move`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, card};
use crate::web::{Ctx, Fault, redirect};
use crate::workflows;
use crate::workflows::arrange::{self, Way};

/// Moves a step up or down its line; a form that says neither moves it down. One that is dragged
/// past several steps says how many.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when it can't be first.
pub async fn shift(
    ctx: Ctx,
    ids: web::Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let (id, node) = *ids;
    let way = form.get("way").parse().unwrap_or(Way::Down);
    let places: usize = form.get("places").parse().unwrap_or(1);
    ctx.run(move |conn, caller| {
        workflows::edit(conn, caller, id, |graph| {
            let mut places = 0..places.min(graph.nodes.len());
            places.try_for_each(|_| arrange::shift(graph, node, way, caller.now))
        })
    })
    .await?;
    Ok(redirect(&card(id, node)))
}
