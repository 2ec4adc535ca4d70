//! `/workflows/{id}/nodes`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::json::NodeJson;
use crate::api::fields::Fields;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::error::{Error, Problem, Result as Outcome};
use crate::workflows::{self, NodeChanges, NodeInput};

const TYPES: &str =
    "VOICE_CALL, SMS, WHATSAPP, EMAIL, TIME, CONDITIONAL, APPLICATION, CONVERTED or DROPPED";

/// The nodes from the top down, as they are edited.
///
/// # Errors
/// As [`workflows::find`]; a query that is not right.
pub async fn nodes(call: Call, id: web::Path<Uuid>, query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        query.done(())?;
        workflows::find(conn, caller, *id)?;
        let nodes = workflows::graph(conn, caller, *id)?.nodes;
        Ok(List::whole(nodes.into_iter().map(NodeJson::from).collect()))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// Adds a node.
///
/// # Errors
/// As [`workflows::add_node`]; a body that is not right.
pub async fn add_node(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let node = call.run(move |conn, caller| {
        let input = input(body.fields()?)?;
        workflows::add_node(conn, caller, *id, input)
    });
    Ok(HttpResponse::Created().json(NodeJson::from(node.await?)))
}

/// Changes a node. A config takes the place of the one before.
///
/// # Errors
/// As [`workflows::update_node`]; a body that is not right.
pub async fn update_node(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    let node = call.run(move |conn, caller| {
        let mut fields = body.fields()?;
        let changes = changes(&mut fields);
        let changes = fields.done(changes)?;
        workflows::update_node(conn, caller, workflow_id, id, changes)
    });
    Ok(HttpResponse::Ok().json(NodeJson::from(node.await?)))
}

/// Takes a node out, and its edges.
///
/// # Errors
/// As [`workflows::delete_node`].
pub async fn delete_node(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    call.run(move |conn, caller| workflows::delete_node(conn, caller, workflow_id, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}

fn input(mut fields: Fields) -> Outcome<NodeInput> {
    fields.drop_nulls();
    let said = changes(&mut fields);
    let node_type = fields.required("node_type", said.node_type);
    let node_type = fields.done(node_type)?;
    Ok(NodeInput {
        node_type: node_type.ok_or_else(|| Error::invalid("node_type", Problem::Required))?,
        label: said.label,
        position_x: said.position_x,
        position_y: said.position_y,
        config: said.config.unwrap_or_else(|| json!({})),
    })
}

fn changes(fields: &mut Fields) -> NodeChanges {
    NodeChanges {
        node_type: fields.read("node_type", TYPES, |word| word.parse().ok()),
        label: fields.required_text("label"),
        position_x: fields.number("position_x"),
        position_y: fields.number("position_y"),
        config: fields.value("config"),
    }
}
