//! Destinations (contract §4).

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::fields::Fields;
use super::list::List;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::patch::Patch;
use crate::telephony::{self, Destination, DestinationInput};

#[derive(Serialize)]
struct DestinationJson {
    id: Uuid,
    country: String,
    prefix: Option<String>,
    enabled: bool,
}

impl From<Destination> for DestinationJson {
    fn from(destination: Destination) -> Self {
        Self {
            id: destination.id,
            country: destination.country,
            prefix: destination.prefix,
            enabled: destination.is_enabled,
        }
    }
}

/// What was said of a destination.
struct Changes {
    country: Option<String>,
    prefix: Patch<String>,
    enabled: Option<bool>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            country: fields.required_text("country"),
            prefix: fields.text("prefix"),
            enabled: fields.flag("enabled"),
        };
        fields.done(changes)
    }

    fn over(self, present: DestinationInput) -> DestinationInput {
        DestinationInput {
            country: self.country.unwrap_or(present.country),
            prefix: match self.prefix {
                Patch::Keep => present.prefix,
                Patch::Clear => None,
                Patch::Set(prefix) => Some(prefix),
            },
            is_enabled: self.enabled.unwrap_or(present.is_enabled),
        }
    }
}

/// `GET /destinations`
///
/// # Errors
/// As [`telephony::destination_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = telephony::destination_page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, DestinationJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /destinations`: enabled unless it says otherwise.
///
/// # Errors
/// As [`telephony::create_destination`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let destination = call.run(move |conn, caller| {
        let usual = DestinationInput {
            country: String::new(),
            prefix: None,
            is_enabled: true,
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        telephony::create_destination(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(DestinationJson::from(destination.await?)))
}

/// `GET /destinations/{id}`
///
/// # Errors
/// As [`telephony::destination`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let destination = call.run(move |conn, caller| telephony::destination(conn, caller, *id));
    Ok(HttpResponse::Ok().json(DestinationJson::from(destination.await?)))
}

/// `PATCH /destinations/{id}`
///
/// # Errors
/// As [`telephony::update_destination`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let destination = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        telephony::update_destination(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(DestinationJson::from(destination.await?)))
}

/// `DELETE /destinations/{id}`
///
/// # Errors
/// As [`telephony::delete_destination`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| telephony::delete_destination(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
