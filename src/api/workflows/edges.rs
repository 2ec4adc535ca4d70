//! `/workflows/{id}/edges`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::json::EdgeJson;
use crate::api::fields::Fields;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::workflows::{self, EdgeInput};

/// The edges in the order in which they are tried, as they are edited.
///
/// # Errors
/// As [`workflows::find`]; a query that is not right.
pub async fn edges(call: Call, id: web::Path<Uuid>, query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        query.done(())?;
        workflows::find(conn, caller, *id)?;
        let edges = workflows::graph(conn, caller, *id)?.edges;
        Ok(List::whole(edges.into_iter().map(EdgeJson::from).collect()))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// Adds an edge after the others of its node.
///
/// # Errors
/// As [`workflows::add_edge`]; a body that is not right.
pub async fn add_edge(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let edge = call.run(move |conn, caller| {
        let input = input(body.fields()?)?;
        workflows::add_edge(conn, caller, *id, input)
    });
    Ok(HttpResponse::Created().json(EdgeJson::from(edge.await?)))
}

/// Takes an edge out.
///
/// # Errors
/// As [`workflows::delete_edge`].
pub async fn delete_edge(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    call.run(move |conn, caller| workflows::delete_edge(conn, caller, workflow_id, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}

fn input(mut fields: Fields) -> Outcome<EdgeInput> {
    fields.drop_nulls();
    let mut end = |name| {
        let id = fields.uuid(name).given().copied();
        fields.required(name, id).unwrap_or_default()
    };
    let input = EdgeInput {
        from_node_id: end("from_node_id"),
        to_node_id: end("to_node_id"),
        label: fields.required_text("label"),
    };
    fields.done(input)
}
