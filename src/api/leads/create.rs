//! `POST /leads`: one lead, or up to 1,000 of which each stands alone (contract §2).

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::input::{self, Given};
use super::json::{LeadJson, RunJson};
use crate::api::fields::Fields;
use crate::api::refusal::one_sentence;
use crate::api::{Body, Call, Refusal};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::enrolment::{self, Taken};
use crate::error::{Error, Problem, Result as Outcome};

const MOST_ROWS: usize = 1_000;

#[derive(Serialize)]
struct OneJson {
    success: bool,
    lead: LeadJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    workflow_run: Option<RunJson>,
}

impl OneJson {
    fn of(taken: Taken, now: DateTime<Utc>) -> Self {
        Self {
            success: true,
            workflow_run: taken.run.as_ref().map(RunJson::from),
            lead: LeadJson::taken(taken, now),
        }
    }
}

#[derive(Serialize)]
struct ManyJson {
    success: bool,
    results: Vec<RowJson>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct RowJson {
    #[serde(flatten)]
    result: ResultJson,
    index: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ResultJson {
    Good(Box<OneJson>),
    Bad { success: bool, error: String },
}

#[derive(Serialize)]
struct SummaryJson {
    total: usize,
    created: usize,
    failed: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    One(Box<OneJson>),
    Many(ManyJson),
}

/// Takes leads in.
///
/// # Errors
/// As [`enrolment::take_in`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let answer = call.run(move |conn, caller| match Given::from(body.json()?) {
        Given::One(object) => one(conn, caller, Fields::new(object)),
        Given::Many(rows) => many(conn, caller, rows),
        Given::Neither => Err(unfit("The body must be a lead or an array of leads")),
    });
    Ok(HttpResponse::Created().json(answer.await?))
}

fn one(conn: &mut PgConnection, caller: &Caller, fields: Fields) -> Outcome<Answer> {
    let intake = input::intake(fields)?;
    let mut taken = enrolment::take_in(conn, caller, vec![intake])?;
    let taken = taken
        .pop()
        .ok_or_else(|| Error::internal("one lead was given and none came back"))??;
    Ok(Answer::One(Box::new(OneJson::of(taken, caller.now))))
}

fn many(conn: &mut PgConnection, caller: &Caller, rows: Vec<Value>) -> Outcome<Answer> {
    if rows.is_empty() {
        return Err(unfit("The array must hold at least one lead"));
    }
    if rows.len() > MOST_ROWS {
        return Err(unfit("The array must hold at most 1,000 leads"));
    }
    let total = rows.len();
    let read: Vec<Outcome<enrolment::Intake>> = rows.into_iter().map(row).collect();
    // The rows that can't be read keep their place.
    let mut unread = Vec::with_capacity(total);
    let intakes = read
        .into_iter()
        .filter_map(|intake| match intake {
            Ok(intake) => {
                unread.push(None);
                Some(intake)
            }
            Err(error) => {
                unread.push(Some(error));
                None
            }
        })
        .collect();
    let mut taken = enrolment::take_in(conn, caller, intakes)?.into_iter();
    let results: Vec<RowJson> = unread
        .into_iter()
        .filter_map(|unread| unread.map(Err).or_else(|| taken.next()))
        .enumerate()
        .map(|(index, result)| RowJson {
            index,
            result: match result {
                Ok(taken) => ResultJson::Good(Box::new(OneJson::of(taken, caller.now))),
                Err(error) => ResultJson::Bad {
                    success: false,
                    error: one_sentence(&error),
                },
            },
        })
        .collect();
    let created = results
        .iter()
        .filter(|row| matches!(row.result, ResultJson::Good(_)))
        .count();
    let failed = total - created;
    Ok(Answer::Many(ManyJson {
        success: failed == 0,
        results,
        summary: SummaryJson {
            total,
            created,
            failed,
        },
    }))
}

fn row(value: Value) -> Outcome<enrolment::Intake> {
    match value {
        Value::Object(object) => input::intake(Fields::new(object)),
        _ => Err(unfit("A lead must be a JSON object")),
    }
}

fn unfit(sentence: &'static str) -> Error {
    Error::invalid("body", Problem::Said(sentence.into()))
}
