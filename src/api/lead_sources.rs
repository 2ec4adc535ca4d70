//! Lead sources (contract §5, in the words of the standard dialect).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::fields::Fields;
use super::list::List;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::error::Result as Outcome;
use crate::patch::Patch;
use crate::teams::{self, LeadSource, SourceInput};

#[derive(Serialize)]
struct LeadSourceJson {
    id: Uuid,
    number: i64,
    name: String,
    team_id: Option<Uuid>,
    active: bool,
    created_at: DateTime<Utc>,
}

impl From<LeadSource> for LeadSourceJson {
    fn from(source: LeadSource) -> Self {
        Self {
            id: source.id,
            number: source.number,
            name: source.name,
            team_id: source.team_id,
            active: source.is_active,
            created_at: source.created_at,
        }
    }
}

/// What was said of a lead source.
struct Changes {
    name: Option<String>,
    team_id: Patch<Uuid>,
    active: Option<bool>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            name: fields.required_text("name"),
            team_id: fields.uuid("team_id"),
            active: fields.flag("active"),
        };
        fields.done(changes)
    }

    fn over(self, present: SourceInput) -> SourceInput {
        SourceInput {
            name: self.name.unwrap_or(present.name),
            team_id: match self.team_id {
                Patch::Keep => present.team_id,
                Patch::Clear => None,
                Patch::Set(id) => Some(id),
            },
            is_active: self.active.unwrap_or(present.is_active),
        }
    }
}

/// `GET /lead-sources`
///
/// # Errors
/// As [`teams::source_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = teams::source_page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, LeadSourceJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /lead-sources`: the account's unless it names a team, and active unless it says otherwise.
///
/// # Errors
/// As [`teams::create_source`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let source = call.run(move |conn, caller| {
        let usual = SourceInput {
            name: String::new(),
            team_id: None,
            is_active: true,
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        teams::create_source(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(LeadSourceJson::from(source.await?)))
}

/// `GET /lead-sources/{id}`
///
/// # Errors
/// As [`teams::source`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let source = call.run(move |conn, caller| teams::source(conn, caller, *id));
    Ok(HttpResponse::Ok().json(LeadSourceJson::from(source.await?)))
}

/// `PATCH /lead-sources/{id}`
///
/// # Errors
/// As [`teams::update_source`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let source = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        teams::update_source(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(LeadSourceJson::from(source.await?)))
}

/// `DELETE /lead-sources/{id}`
///
/// # Errors
/// As [`teams::delete_source`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| teams::delete_source(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
