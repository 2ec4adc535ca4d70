//! `POST /workflows/{id}/nodes`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::config::config;
use super::{Asked, Edit, Form, Nav, card, fields};
use crate::error::Error;
use crate::ids;
use crate::telephony;
use crate::web::{Ctx, Fault};
use crate::workflows::{self, Node, NodeType, arrange};

/// Puts a step in.
///
/// # Errors
/// Not found; forbidden without the right to write workflows; a conflict when the place is none.
pub async fn create(ctx: Ctx, id: web::Path<Uuid>, form: Form) -> Result<HttpResponse, Fault> {
    let (id, node_id, asked) = (*id, ids::new(ctx.caller.now), Asked::of(&form));
    let node_type = form.get("type").parse().unwrap_or(NodeType::VoiceCall);
    let node = Node {
        id: node_id,
        workflow_id: id,
        node_type,
        label: form.get("label").to_owned(),
        position_x: 0.0,
        position_y: 0.0,
        config: config(node_type, &form, &json!({})),
        step_number: None,
    };
    let place = asked.place();
    let made = ctx
        .run(move |conn, caller| {
            workflows::edit(conn, caller, id, |graph| {
                arrange::insert(graph, &place, node, caller.now)
            })
        })
        .await;
    match made {
        Ok(()) => Ok(ctx.redirect(
            &card(id, node_id),
            format!("“{}” is in its place.", form.get("label").trim()),
        )),
        Err(Error::Invalid(errors)) => {
            let (workflow, numbers) = ctx
                .run(move |conn, caller| {
                    let workflow = workflows::find(conn, caller, id)?;
                    Ok((workflow, telephony::calling_numbers(conn, caller)?))
                })
                .await?;
            Edit {
                page: ctx.page(Nav::Workflows),
                workflow,
                id: None,
                node_type,
                asked,
                numbers,
                problems: fields::problems(&errors),
                form,
            }
            .answer()
        }
        Err(error) => Err(error.into()),
    }
}
