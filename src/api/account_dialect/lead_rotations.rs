//! Rotations in the account dialect. It knows no shares and no caps: whoever is named takes turns like
//! everybody else.

use std::collections::HashMap;

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::list::{Asked, List};
use super::named::{self, MUST_BE, Named};
use super::people::people;
use crate::api::fields::Fields;
use crate::api::query::Query;
use crate::api::{Body, Call, Refusal};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::{Error, Result as Outcome};
use crate::patch::Patch;
use crate::rotations::{self, MemberInput, Rotation, RotationInput, Status, Strategy};
use crate::teams::{self, MemberRef};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeadRotationJson {
    id: i64,
    name: String,
    account_id: String,
    status: &'static str,
    team_id: Option<i64>,
    user_rotation_array: Vec<String>,
    current_position: usize,
    created_at: DateTime<Utc>,
}

impl LeadRotationJson {
    fn of(rotation: Rotation, teams: &HashMap<Uuid, i64>, account_id: &str) -> Self {
        Self {
            id: rotation.number,
            account_id: account_id.to_owned(),
            status: rotation.status.as_str(),
            team_id: rotation.team_id.and_then(|id| teams.get(&id).copied()),
            current_position: rotation.position(),
            created_at: rotation.created_at,
            name: rotation.name,
            user_rotation_array: rotation.members.into_iter().map(|one| one.email).collect(),
        }
    }

    /// One rotation, with the number of its team.
    fn one(
        conn: &mut PgConnection,
        caller: &Caller,
        rotation: Rotation,
        account_id: &str,
    ) -> Outcome<Self> {
        let team: Vec<Uuid> = rotation.team_id.into_iter().collect();
        let teams = teams::team_numbers(conn, caller, &team)?;
        Ok(Self::of(rotation, &teams, account_id))
    }
}

/// Whose turn it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NextUserJson {
    user_id: Uuid,
    email: String,
    name: String,
}

/// What was said of a rotation; its members all of them, in their order.
struct Changes {
    name: Option<String>,
    team: Patch<Uuid>,
    status: Option<Status>,
    members: Option<Vec<MemberRef>>,
}

impl Changes {
    fn of(conn: &mut PgConnection, caller: &Caller, mut fields: Fields) -> Outcome<Self> {
        let (name, status) = (fields.required_text("name"), status(&mut fields));
        let members = people(&mut fields, "userRotationArray");
        let members = members.or(people(&mut fields, "members"));
        let team = fields.patch("teamId", MUST_BE, named::id);
        let team = fields.done(team)?;
        Ok(Self {
            name,
            team: named::team(conn, caller, Permission::WriteSettings, team)?,
            status,
            members,
        })
    }

    fn over(self, present: RotationInput) -> RotationInput {
        let members = self.members.map(|members| {
            let members = members.into_iter();
            members.map(MemberInput::of).collect()
        });
        RotationInput {
            name: self.name.unwrap_or(present.name),
            team_id: match self.team {
                Patch::Keep => present.team_id,
                Patch::Clear => None,
                Patch::Set(id) => Some(id),
            },
            status: self.status.unwrap_or(present.status),
            members: members.unwrap_or(present.members),
            ..present
        }
    }
}

fn status(fields: &mut Fields) -> Option<Status> {
    fields.read("status", "active, queued or archived", |word| {
        word.parse().ok()
    })
}

/// `GET /lead-rotations`, the newest first.
///
/// # Errors
/// As [`rotations::rotation_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let list = call.run(move |conn, caller| {
        let asked = Asked::of(&mut query);
        let asked = query.done(asked)?;
        let page = rotations::rotation_page(conn, caller, &asked.slice())?;
        let of_teams = page.rows.iter().filter_map(|rotation| rotation.team_id);
        let numbers = teams::team_numbers(conn, caller, &of_teams.collect::<Vec<_>>())?;
        Ok(List::of(page, asked, |rotation| {
            LeadRotationJson::of(rotation, &numbers, &account)
        }))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /lead-rotations`: at work unless it says otherwise, one after another.
///
/// # Errors
/// As [`rotations::create`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let rotation = call.run(move |conn, caller| {
        let usual = RotationInput {
            name: String::new(),
            team_id: None,
            strategy: Strategy::RoundRobin,
            status: Status::Active,
            fallback: None,
            members: Vec::new(),
        };
        let input = Changes::of(conn, caller, body.fields()?)?.over(usual);
        let rotation = rotations::create(conn, caller, input)?;
        LeadRotationJson::one(conn, caller, rotation, &account)
    });
    Ok(HttpResponse::Created().json(rotation.await?))
}

/// `GET /lead-rotations/{id}`
///
/// # Errors
/// As [`rotations::rotation`].
pub async fn show(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let rotation = call.run(move |conn, caller| {
        let id = rotations::rotation_id(conn, caller, Permission::ReadSettings, id)?;
        let rotation = rotations::rotation(conn, caller, id)?;
        LeadRotationJson::one(conn, caller, rotation, &account)
    });
    Ok(HttpResponse::Ok().json(rotation.await?))
}

/// `PATCH /lead-rotations/{id}`
///
/// # Errors
/// As [`rotations::update`]; a body that is not right.
pub async fn update(call: Call, Named(id): Named, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let rotation = call.run(move |conn, caller| {
        let changes = Changes::of(conn, caller, body.fields()?)?;
        let id = rotations::rotation_id(conn, caller, Permission::WriteSettings, id)?;
        let rotation = rotations::update(conn, caller, id, |present| changes.over(present))?;
        LeadRotationJson::one(conn, caller, rotation, &account)
    });
    Ok(HttpResponse::Ok().json(rotation.await?))
}

/// `PATCH /lead-rotations/{id}/status`
///
/// # Errors
/// As [`rotations::set_status`]; a body that is not right.
pub async fn set_status(call: Call, Named(id): Named, body: Body) -> Result<HttpResponse, Refusal> {
    let account = call.account();
    let rotation = call.run(move |conn, caller| {
        let mut fields = body.fields()?;
        let status = status(&mut fields);
        let status = fields.required("status", status).unwrap_or(Status::Active);
        let status = fields.done(status)?;
        let id = rotations::rotation_id(conn, caller, Permission::WriteSettings, id)?;
        let rotation = rotations::set_status(conn, caller, id, status)?;
        LeadRotationJson::one(conn, caller, rotation, &account)
    });
    Ok(HttpResponse::Ok().json(rotation.await?))
}

/// `GET /lead-rotations/{id}/next-user`: who is next; the rotation goes on.
///
/// # Errors
/// As [`rotations::next`]; [`Error::Conflict`] when none of its people can be given a lead.
pub async fn next_user(call: Call, Named(id): Named) -> Result<HttpResponse, Refusal> {
    let next = call.run(move |conn, caller| {
        let id = rotations::rotation_id(conn, caller, Permission::WriteLeads, id)?;
        let turn = rotations::next(conn, caller, id)?;
        let nobody = || {
            let name = &turn.rotation.name;
            Error::Conflict(format!("Nobody of “{name}” can be given a lead now"))
        };
        let next = turn.owner.ok_or_else(nobody)?;
        Ok(NextUserJson {
            user_id: next.user_id,
            email: next.email,
            name: next.name,
        })
    });
    Ok(HttpResponse::Ok().json(next.await?))
}
