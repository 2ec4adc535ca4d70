//! Calling numbers (contract §4).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::fields::Fields;
use super::list::List;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::telephony::{self, CallingNumber, CallingNumberInput, Kind};

#[derive(Serialize)]
struct CallingNumberJson {
    id: Uuid,
    phone_number: String,
    kind: Kind,
    active: bool,
}

impl From<CallingNumber> for CallingNumberJson {
    fn from(number: CallingNumber) -> Self {
        Self {
            id: number.id,
            phone_number: number.phone_number,
            kind: number.kind,
            active: number.is_active,
        }
    }
}

/// What was said of a calling number.
struct Changes {
    phone_number: Option<String>,
    kind: Option<Kind>,
    active: Option<bool>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            phone_number: fields.required_text("phone_number"),
            kind: fields.read("kind", "carrier or sip", |word| word.parse().ok()),
            active: fields.flag("active"),
        };
        fields.done(changes)
    }

    fn over(self, present: CallingNumberInput) -> CallingNumberInput {
        CallingNumberInput {
            phone_number: self.phone_number.unwrap_or(present.phone_number),
            kind: self.kind.unwrap_or(present.kind),
            is_active: self.active.unwrap_or(present.is_active),
        }
    }
}

/// `GET /calling-numbers`
///
/// # Errors
/// As [`telephony::calling_number_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = telephony::calling_number_page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, CallingNumberJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /calling-numbers`: a carrier's and active unless it says otherwise.
///
/// # Errors
/// As [`telephony::create_calling_number`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let number = call.run(move |conn, caller| {
        let usual = CallingNumberInput {
            phone_number: String::new(),
            kind: Kind::Carrier,
            is_active: true,
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        telephony::create_calling_number(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(CallingNumberJson::from(number.await?)))
}

/// `GET /calling-numbers/{id}`
///
/// # Errors
/// As [`telephony::calling_number`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let number = call.run(move |conn, caller| telephony::calling_number(conn, caller, *id));
    Ok(HttpResponse::Ok().json(CallingNumberJson::from(number.await?)))
}

/// `PATCH /calling-numbers/{id}`
///
/// # Errors
/// As [`telephony::update_calling_number`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let number = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        telephony::update_calling_number(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(CallingNumberJson::from(number.await?)))
}

/// `DELETE /calling-numbers/{id}`
///
/// # Errors
/// As [`telephony::delete_calling_number`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| telephony::delete_calling_number(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
