//! Campaigns (contract §3).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::fields::Fields;
use super::list::List;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::campaigns::{self, Campaign, CampaignInput};
use crate::error::Result as Outcome;
use crate::patch::Patch;

#[derive(Serialize)]
struct CampaignJson {
    id: Uuid,
    name: String,
    description: Option<String>,
    lead_count: i64,
    created_at: DateTime<Utc>,
}

impl From<Campaign> for CampaignJson {
    fn from(campaign: Campaign) -> Self {
        Self {
            id: campaign.id,
            name: campaign.name,
            description: campaign.description,
            lead_count: campaign.lead_count,
            created_at: campaign.created_at,
        }
    }
}

/// What was said of a campaign.
struct Changes {
    name: Option<String>,
    description: Patch<String>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            name: fields.required_text("name"),
            description: fields.text("description"),
        };
        fields.done(changes)
    }

    fn over(self, present: CampaignInput) -> CampaignInput {
        CampaignInput {
            name: self.name.unwrap_or(present.name),
            description: match self.description {
                Patch::Keep => present.description,
                Patch::Clear => None,
                Patch::Set(description) => Some(description),
            },
        }
    }
}

/// `GET /campaigns`
///
/// # Errors
/// As [`campaigns::page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = campaigns::page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, CampaignJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /campaigns`
///
/// # Errors
/// As [`campaigns::create`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let campaign = call.run(move |conn, caller| {
        let nothing = CampaignInput {
            name: String::new(),
            description: None,
        };
        let input = Changes::of(body.fields()?)?.over(nothing);
        campaigns::create(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(CampaignJson::from(campaign.await?)))
}

/// `GET /campaigns/{id}`
///
/// # Errors
/// As [`campaigns::find`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let campaign = call.run(move |conn, caller| campaigns::find(conn, caller, *id));
    Ok(HttpResponse::Ok().json(CampaignJson::from(campaign.await?)))
}

/// `PATCH /campaigns/{id}`
///
/// # Errors
/// As [`campaigns::update`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let campaign = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        campaigns::update(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(CampaignJson::from(campaign.await?)))
}

/// `DELETE /campaigns/{id}`: its leads live on.
///
/// # Errors
/// As [`campaigns::delete`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| campaigns::delete(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
