//! Teams in the account dialect.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::list::{Asked, List};
use super::named::Named;
use super::people::people;
use crate::api::fields::Fields;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::caller::Permission;
use crate::error::Result as Outcome;
use crate::teams::{self, Member, MemberRef, Team, TeamInput};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TeamJson {
    id: i64,
    account_id: String,
    name: String,
    active: bool,
    members: Vec<MemberJson>,
    created_at: DateTime<Utc>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MemberJson {
    user_id: Uuid,
    email: String,
    name: String,
}

impl TeamJson {
    fn of(team: Team, account_id: &str) -> Self {
        Self {
            id: team.number,
            account_id: account_id.to_owned(),
            name: team.name,
            active: team.is_active,
            members: team.members.into_iter().map(MemberJson::from).collect(),
            created_at: team.created_at,
        }
    }
}

impl From<Member> for MemberJson {
    fn from(member: Member) -> Self {
        Self {
            user_id: member.user_id,
            email: member.email,
            name: member.name,
        }
    }
}

/// What was said of a team.
struct Changes {
    name: Option<String>,
    active: Option<bool>,
    members: Option<Vec<MemberRef>>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            name: fields.required_text("name"),
            active: fields.flag("active"),
            members: people(&mut fields, "members"),
        };
        fields.done(changes)
    }

    fn over(self, present: TeamInput) -> TeamInput {
        TeamInput {
            name: self.name.unwrap_or(present.name),
            is_active: self.active.unwrap_or(present.is_active),
            members: self.members.unwrap_or(present.members),
        }
    }
}

/// `GET /teams`, the newest first.
///
/// # Errors
/// As [`teams::team_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let list = call.run(move |conn, caller| {
        let asked = Asked::of(&mut query);
        let asked = query.done(asked)?;
        let page = teams::team_page(conn, caller, &asked.slice())?;
        Ok(List::of(page, asked, |team| TeamJson::of(team, &account)))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /teams`: active unless it says otherwise.
///
/// # Errors
/// As [`teams::create_team`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let team = call.run(move |conn, caller| {
        let usual = TeamInput {
            name: String::new(),
            is_active: true,
            members: Vec::new(),
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        teams::create_team(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(TeamJson::of(team.await?, &account)))
}

/// `GET /teams/{id}`
///
/// # Errors
/// As [`teams::team`].
pub async fn show(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let team = call.run(move |conn, caller| {
        let id = teams::team_id(conn, caller, Permission::ReadSettings, id)?;
        teams::team(conn, caller, id)
    });
    Ok(HttpResponse::Ok().json(TeamJson::of(team.await?, &account)))
}

/// `PATCH /teams/{id}`
///
/// # Errors
/// As [`teams::update_team`]; a body that is not right.
pub async fn update(call: Call, Named(id): Named, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let team = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        let id = teams::team_id(conn, caller, Permission::WriteSettings, id)?;
        teams::update_team(conn, caller, id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(TeamJson::of(team.await?, &account)))
}

/// `DELETE /teams/{id}`
///
/// # Errors
/// As [`teams::delete_team`].
pub async fn destroy(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let gone = call.run(move |conn, caller| {
        let id = teams::team_id(conn, caller, Permission::WriteSettings, id)?;
        teams::delete_team(conn, caller, id)
    });
    gone.await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
