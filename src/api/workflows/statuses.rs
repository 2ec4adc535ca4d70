//! `/workflows/{id}/statuses`

use actix_web::{HttpResponse, web};
use serde_json::json;
use uuid::Uuid;

use super::json::StatusJson;
use crate::api::fields::Fields;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::workflows::{self, Category, StatusChanges, StatusInput};

const CATEGORIES: &str = "open, active, won or lost";

/// The statuses, in the order a lead goes through them.
///
/// # Errors
/// As [`workflows::find`]; a query that is not right.
pub async fn statuses(
    call: Call,
    id: web::Path<Uuid>,
    query: Query,
) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        query.done(())?;
        let statuses = workflows::find(conn, caller, *id)?.statuses;
        Ok(List::whole(
            statuses.into_iter().map(StatusJson::from).collect(),
        ))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// Adds a status after the others.
///
/// # Errors
/// As [`workflows::add_status`]; a body that is not right.
pub async fn add_status(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let status = call.run(move |conn, caller| {
        let said = changes(body.fields()?)?;
        let input = StatusInput {
            key: said.key.unwrap_or_default(),
            label: said.label.unwrap_or_default(),
            color: said.color.unwrap_or_default(),
            category: said.category.unwrap_or(Category::Open),
            is_terminal: said.is_terminal.unwrap_or(false),
        };
        workflows::add_status(conn, caller, *id, input)
    });
    Ok(HttpResponse::Created().json(StatusJson::from(status.await?)))
}

/// Changes a status.
///
/// # Errors
/// As [`workflows::update_status`]; a body that is not right.
pub async fn update_status(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    let status = call.run(move |conn, caller| {
        let changes = changes(body.fields()?)?;
        workflows::update_status(conn, caller, workflow_id, id, changes)
    });
    Ok(HttpResponse::Ok().json(StatusJson::from(status.await?)))
}

/// Takes a status out.
///
/// # Errors
/// As [`workflows::delete_status`].
pub async fn delete_status(
    call: Call,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Refusal> {
    let (workflow_id, id) = ids.into_inner();
    call.run(move |conn, caller| workflows::delete_status(conn, caller, workflow_id, id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}

fn changes(mut fields: Fields) -> Outcome<StatusChanges> {
    let changes = StatusChanges {
        key: fields.required_text("key"),
        label: fields.required_text("label"),
        color: fields.required_text("color"),
        category: fields.read("category", CATEGORIES, |word| word.parse().ok()),
        is_terminal: fields.flag("is_terminal"),
    };
    fields.done(changes)
}
