//! `POST /leads`

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::json::LeadJson;
use super::{answer, input};
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::enrolment::{self, Arrival, Intake};
use crate::error::Error;
use crate::leads;

/// Waives what contract §5 asks of a new lead.
const SKIPS: &str = "skipTeamAndSourceRequirement";

/// Takes a lead in, by the account's rule about those it has already.
///
/// # Errors
/// As [`enrolment::take_in_once`]; a body or a query that is not right.
pub async fn create(call: Call, query: Query, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let done = call.run_patiently(move |conn, caller, patience| {
        let mut query = query.clone();
        let skips = query.flag(SKIPS).unwrap_or_default();
        let intake = Intake {
            must_belong: !query.done(skips)?,
            lead: input::new_lead(conn, caller, body.fields()?)?,
            ..Intake::default()
        };
        let rule = caller.account.duplicates.api;
        let arrivals = enrolment::take_in_once(conn, caller, vec![intake], rule, patience)?;
        let Some(mut arrivals) = arrivals else {
            return Ok(None);
        };
        let none = || Error::internal("one lead was given and none came back");
        let (status, id) = came(&arrivals.pop().ok_or_else(none)??);
        let view = leads::changed(conn, caller, id)?;
        let lead: LeadJson = answer::one(conn, caller, view, &account)?;
        Ok(Some((status, lead)))
    });
    let (status, lead) = done.await?;
    Ok(HttpResponse::build(status).json(lead))
}

/// The lead that came in, or that is taken for it.
fn came(arrival: &Arrival) -> (StatusCode, Uuid) {
    match arrival {
        Arrival::New(taken) => (StatusCode::CREATED, taken.lead.id),
        Arrival::There { lead, .. } => (StatusCode::OK, lead.id),
        Arrival::Earlier(taken) => (StatusCode::OK, taken.lead.id),
    }
}
