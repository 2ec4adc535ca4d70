//! `GET /workflows`

use actix_web::HttpResponse;

use super::json::WorkflowJson;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::workflows;

/// The workflows, newest first.
///
/// # Errors
/// As [`workflows::page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = workflows::page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, WorkflowJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
