//! Teams (contract §5, in the words of the standard dialect).

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
use crate::teams::{self, Member, MemberRef, Team, TeamInput};

#[derive(Serialize)]
struct TeamJson {
    id: Uuid,
    number: i64,
    name: String,
    active: bool,
    members: Vec<MemberJson>,
    created_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct MemberJson {
    user_id: Uuid,
    email: String,
    name: String,
}

impl From<Team> for TeamJson {
    fn from(team: Team) -> Self {
        Self {
            id: team.id,
            number: team.number,
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

/// What was said of a team; its members by e-mail or id, all of them.
struct Changes {
    name: Option<String>,
    active: Option<bool>,
    members: Option<Vec<String>>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let changes = Self {
            name: fields.required_text("name"),
            active: fields.flag("active"),
            members: fields.given_texts("members"),
        };
        fields.done(changes)
    }

    fn over(self, present: TeamInput) -> TeamInput {
        let members = self.members.map(|members| {
            let members = members.iter();
            members.map(|one| MemberRef::of(one)).collect()
        });
        TeamInput {
            name: self.name.unwrap_or(present.name),
            is_active: self.active.unwrap_or(present.is_active),
            members: members.unwrap_or(present.members),
        }
    }
}

/// `GET /teams`
///
/// # Errors
/// As [`teams::team_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = teams::team_page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, TeamJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /teams`: active unless it says otherwise.
///
/// # Errors
/// As [`teams::create_team`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let team = call.run(move |conn, caller| {
        let usual = TeamInput {
            name: String::new(),
            is_active: true,
            members: Vec::new(),
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        teams::create_team(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(TeamJson::from(team.await?)))
}

/// `GET /teams/{id}`
///
/// # Errors
/// As [`teams::team`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let team = call.run(move |conn, caller| teams::team(conn, caller, *id));
    Ok(HttpResponse::Ok().json(TeamJson::from(team.await?)))
}

/// `PATCH /teams/{id}`
///
/// # Errors
/// As [`teams::update_team`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let team = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        teams::update_team(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(TeamJson::from(team.await?)))
}

/// `DELETE /teams/{id}`
///
/// # Errors
/// As [`teams::delete_team`].
pub async fn destroy(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    call.run(move |conn, caller| teams::delete_team(conn, caller, *id))
        .await?;
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
