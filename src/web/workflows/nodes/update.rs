//! `POST /workflows/{id}/nodes/{node}`

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::config::config;
use super::{Asked, Edit, Form, Nav, card, fields, find};
use crate::error::{Error, Noun};
use crate::telephony;
use crate::web::{Ctx, Fault};
use crate::workflows;

/// Takes the changes.
///
/// # Errors
/// Not found; forbidden without the right to write workflows.
pub async fn update(
    ctx: Ctx,
    ids: web::Path<(Uuid, Uuid)>,
    form: Form,
) -> Result<HttpResponse, Fault> {
    let (id, node_id) = *ids;
    let typed = form.clone();
    let saved = ctx
        .run(move |conn, caller| {
            workflows::edit(conn, caller, id, |graph| {
                let node = graph.nodes.iter_mut().find(|node| node.id == node_id);
                let node = node.ok_or(Error::NotFound(Noun::Node))?;
                node.label = typed.get("label").to_owned();
                node.config = config(node.node_type, &typed, &node.config);
                Ok(())
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(ctx.redirect(
            &card(id, node_id),
            format!("“{}” is saved.", form.get("label").trim()),
        )),
        Err(Error::Invalid(errors)) => {
            let ((workflow, _, node), numbers) = ctx
                .run(move |conn, caller| {
                    let found = find(conn, caller, (id, node_id))?;
                    Ok((found, telephony::calling_numbers(conn, caller)?))
                })
                .await?;
            Edit {
                page: ctx.page(Nav::Workflows),
                workflow,
                id: Some(node_id),
                node_type: node.node_type,
                asked: Asked::default(),
                numbers,
                problems: fields::problems(&errors),
                form,
            }
            .answer()
        }
        Err(error) => Err(error.into()),
    }
}
