//! `PATCH /leads/{id}`

use actix_web::{HttpResponse, web};
use serde::Serialize;
use uuid::Uuid;

use super::input;
use super::json::LeadJson;
use crate::api::{Body, Call, Refusal};
use crate::leads;

#[derive(Serialize)]
struct UpdatedJson {
    success: bool,
    lead: LeadJson,
}

/// Changes what is said, keeps the rest.
///
/// # Errors
/// As [`leads::update`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let view = call.run(move |conn, caller| {
        let changes = input::changes(body.fields()?)?;
        leads::update(conn, caller, *id, changes, None)
    });
    Ok(HttpResponse::Ok().json(UpdatedJson {
        success: true,
        lead: LeadJson::from(view.await?.lead),
    }))
}
