//! Lead sources in the account dialect.

use std::collections::HashMap;

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::list::{Asked, List};
use super::named::{self, MUST_BE, Named};
use crate::api::fields::Fields;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::Result as Outcome;
use crate::ids::IdOrNumber;
use crate::patch::Patch;
use crate::teams::{self, LeadSource, SourceInput};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeadSourceJson {
    id: i64,
    name: String,
    account_id: String,
    team_id: Option<i64>,
    active: bool,
    created_at: DateTime<Utc>,
}

impl LeadSourceJson {
    fn of(source: LeadSource, teams: &HashMap<Uuid, i64>, account_id: &str) -> Self {
        Self {
            id: source.number,
            name: source.name,
            account_id: account_id.to_owned(),
            team_id: source.team_id.and_then(|id| teams.get(&id).copied()),
            active: source.is_active,
            created_at: source.created_at,
        }
    }

    /// One source, with the number of its team.
    fn one(
        conn: &mut PgConnection,
        caller: &Caller,
        source: LeadSource,
        account_id: &str,
    ) -> Outcome<Self> {
        let team: Vec<Uuid> = source.team_id.into_iter().collect();
        let teams = teams::team_numbers(conn, caller, &team)?;
        Ok(Self::of(source, &teams, account_id))
    }
}

/// What was said of a lead source.
struct Changes {
    name: Option<String>,
    team: Patch<Uuid>,
    active: Option<bool>,
}

impl Changes {
    fn of(conn: &mut PgConnection, caller: &Caller, mut fields: Fields) -> Outcome<Self> {
        let (name, active) = (fields.required_text("name"), fields.flag("active"));
        let team: Patch<IdOrNumber> = fields.patch("teamId", MUST_BE, named::id);
        let team = fields.done(team)?;
        Ok(Self {
            name,
            team: named::team(conn, caller, Permission::WriteSettings, team)?,
            active,
        })
    }

    fn over(self, present: SourceInput) -> SourceInput {
        SourceInput {
            name: self.name.unwrap_or(present.name),
            team_id: match self.team {
                Patch::Keep => present.team_id,
                Patch::Clear => None,
                Patch::Set(id) => Some(id),
            },
            is_active: self.active.unwrap_or(present.is_active),
        }
    }
}

/// `GET /lead-sources`, the newest first.
///
/// # Errors
/// As [`teams::source_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let list = call.run(move |conn, caller| {
        let asked = Asked::of(&mut query);
        let asked = query.done(asked)?;
        let page = teams::source_page(conn, caller, &asked.slice())?;
        let of_teams = page.rows.iter().filter_map(|source| source.team_id);
        let numbers = teams::team_numbers(conn, caller, &of_teams.collect::<Vec<_>>())?;
        Ok(List::of(page, asked, |source| {
            LeadSourceJson::of(source, &numbers, &account)
        }))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /lead-sources`: the account's unless it names a team, and active unless it says otherwise.
///
/// # Errors
/// As [`teams::create_source`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let source = call.run(move |conn, caller| {
        let usual = SourceInput {
            name: String::new(),
            team_id: None,
            is_active: true,
        };
        let input = Changes::of(conn, caller, body.fields()?)?.over(usual);
        let source = teams::create_source(conn, caller, input)?;
        LeadSourceJson::one(conn, caller, source, &account)
    });
    Ok(HttpResponse::Created().json(source.await?))
}

/// `GET /lead-sources/{id}`
///
/// # Errors
/// As [`teams::source`].
pub async fn show(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let source = call.run(move |conn, caller| {
        let id = teams::source_id(conn, caller, Permission::ReadSettings, id)?;
        let source = teams::source(conn, caller, id)?;
        LeadSourceJson::one(conn, caller, source, &account)
    });
    Ok(HttpResponse::Ok().json(source.await?))
}

/// `PATCH /lead-sources/{id}`
///
/// # Errors
/// As [`teams::update_source`]; a body that is not right.
pub async fn update(call: Call, Named(id): Named, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let source = call.run(move |conn, caller| {
        let changes = Changes::of(conn, caller, body.fields()?)?;
        let id = teams::source_id(conn, caller, Permission::WriteSettings, id)?;
        let source = teams::update_source(conn, caller, id, |present| changes.over(present))?;
        LeadSourceJson::one(conn, caller, source, &account)
    });
    Ok(HttpResponse::Ok().json(source.await?))
}

/// `DELETE /lead-sources/{id}`
///
/// # Errors
/// As [`teams::delete_source`].
pub async fn destroy(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let gone = call.run(move |conn, caller| {
        let id = teams::source_id(conn, caller, Permission::WriteSettings, id)?;
        teams::delete_source(conn, caller, id)
    });
    gone.await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
