//! `GET /leads`

use actix_web::HttpResponse;

use super::filter;
use super::json::LeadViewJson;
use crate::api::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::leads::{self, COUNT_UP_TO};

/// A page of the leads that pass every filter.
///
/// # Errors
/// As [`leads::page`]; a query that is not right.
pub async fn index(call: Call, query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let (query, number) = filter::of(query)?;
        let page = leads::page(conn, caller, &query)?;
        let total = leads::total(conn, caller, &query, &page, COUNT_UP_TO)?;
        let rows = page.leads.into_iter().map(LeadViewJson::from).collect();
        let next = page.next.map(|cursor| cursor.encode());
        Ok(List::new(rows, query.limit, next, total, number))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
