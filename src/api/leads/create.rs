//! `POST /leads`: one lead, or up to 1,000 of which each stands alone (contract §2).

use actix_web::HttpResponse;
use serde_json::Value;

use super::created_json::{ManyJson, OneJson};
use super::input::{self, Given};
use crate::api::fields::Fields;
use crate::api::{Body, Call, Refusal};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::enrolment::{self, Arrival, Intake};
use crate::error::{Error, Problem, Result as Outcome};
use crate::leads::Patience;

const MOST_ROWS: usize = 1_000;

/// What became of the body.
enum Done {
    One(Box<Arrival>),
    Many(Vec<Outcome<Arrival>>),
}

/// Takes leads in, by the account's rule about those it has already.
///
/// # Errors
/// As [`enrolment::take_in_once`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let now = call.now();
    let done = call.run_patiently(
        move |conn, caller, patience| match Given::from(body.json()?) {
            Given::One(object) => one(conn, caller, Fields::new(object), patience),
            Given::Many(rows) => many(conn, caller, rows, patience),
            Given::Neither => Err(unfit("The body must be a lead or an array of leads")),
        },
    );
    Ok(match done.await? {
        Done::One(arrival) => {
            let mut answer = match *arrival {
                Arrival::New(_) => HttpResponse::Created(),
                Arrival::There { .. } | Arrival::Earlier(_) => HttpResponse::Ok(),
            };
            answer.json(OneJson::of(*arrival, now))
        }
        Done::Many(arrivals) => HttpResponse::Created().json(ManyJson::of(arrivals, now)),
    })
}

fn one(
    conn: &mut PgConnection,
    caller: &Caller,
    fields: Fields,
    patience: Patience,
) -> Outcome<Option<Done>> {
    let intake = input::intake(fields)?;
    let rule = caller.account.duplicates.api;
    let arrivals = enrolment::take_in_once(conn, caller, vec![intake], rule, patience)?;
    let Some(mut arrivals) = arrivals else {
        return Ok(None);
    };
    let none = || Error::internal("one lead was given and none came back");
    let arrival = arrivals.pop().ok_or_else(none)??;
    Ok(Some(Done::One(Box::new(arrival))))
}

fn many(
    conn: &mut PgConnection,
    caller: &Caller,
    rows: Vec<Value>,
    patience: Patience,
) -> Outcome<Option<Done>> {
    if rows.is_empty() {
        return Err(unfit("The array must hold at least one lead"));
    }
    if rows.len() > MOST_ROWS {
        return Err(unfit("The array must hold at most 1,000 leads"));
    }
    // The rows that can't be read keep their place.
    let mut unread = Vec::with_capacity(rows.len());
    let mut intakes = Vec::with_capacity(rows.len());
    for row in rows.into_iter().map(row) {
        match row {
            Ok(intake) => {
                unread.push(None);
                intakes.push(intake);
            }
            Err(error) => unread.push(Some(error)),
        }
    }
    let rule = caller.account.duplicates.api;
    let arrivals = enrolment::take_in_once(conn, caller, intakes, rule, patience)?;
    let arrivals = arrivals.map(|arrivals| {
        let mut arrivals = arrivals.into_iter();
        let rows = unread.into_iter();
        let rows = rows.filter_map(|unread| unread.map(Err).or_else(|| arrivals.next()));
        Done::Many(rows.collect())
    });
    Ok(arrivals)
}

fn row(value: Value) -> Outcome<Intake> {
    match value {
        Value::Object(object) => input::intake(Fields::new(object)),
        _ => Err(unfit("A lead must be a JSON object")),
    }
}

fn unfit(sentence: &'static str) -> Error {
    Error::invalid("body", Problem::Said(sentence.into()))
}
