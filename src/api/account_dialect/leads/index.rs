//! `GET /leads`

use actix_web::HttpResponse;

use super::{answer, filter};
use crate::api::account_dialect::list::List;
use crate::api::query::Query;
use crate::api::{Call, Refusal};
use crate::leads::{self, COUNT_UP_TO};

/// A page of the leads that pass every filter.
///
/// # Errors
/// As [`leads::page`]; a query that is not right.
pub async fn index(call: Call, query: Query) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let list = call.run(move |conn, caller| {
        let (query, asked) = filter::of(query, &account)?;
        let page = leads::page(conn, caller, &query)?;
        let total = leads::total(conn, caller, &query, &page, COUNT_UP_TO)?;
        let rows = answer::many(conn, caller, page.leads, &account)?;
        Ok(List::new(rows, asked, total))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}
