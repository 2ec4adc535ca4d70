//! Rotations (contract §5, in the words of the standard dialect).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fields::Fields;
use super::list::List;
use super::query::Query;
use super::{Body, Call, Refusal};
use crate::error::{Error, Problem, Result as Outcome};
use crate::patch::Patch;
use crate::rotations::{
    self, Member, MemberInput, Rotation, RotationInput, Status, Strategy, Turn,
};
use crate::teams::MemberRef;

/// How many turns ahead are told.
const AHEAD: usize = 10;

#[derive(Serialize)]
struct RotationJson {
    id: Uuid,
    number: i64,
    name: String,
    is_default: bool,
    team_id: Option<Uuid>,
    strategy: &'static str,
    status: &'static str,
    fallback_id: Option<Uuid>,
    current_position: usize,
    members: Vec<MemberJson>,
    unserved: i64,
    created_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct MemberJson {
    user_id: Uuid,
    email: String,
    name: String,
    weight: i32,
    daily_cap: Option<i32>,
}

impl From<Rotation> for RotationJson {
    fn from(rotation: Rotation) -> Self {
        Self {
            id: rotation.id,
            number: rotation.number,
            is_default: rotation.is_default(),
            current_position: rotation.position(),
            name: rotation.name,
            team_id: rotation.team_id,
            strategy: rotation.strategy.as_str(),
            status: rotation.status.as_str(),
            fallback_id: rotation.fallback_id,
            members: rotation.members.into_iter().map(MemberJson::from).collect(),
            unserved: rotation.unserved,
            created_at: rotation.created_at,
        }
    }
}

impl From<Member> for MemberJson {
    fn from(member: Member) -> Self {
        Self {
            user_id: member.user_id,
            email: member.email,
            name: member.name,
            weight: member.weight,
            daily_cap: member.daily_cap,
        }
    }
}

/// Whose turn it is, and why.
fn turn_json(turn: &Turn) -> Value {
    let user = turn
        .owner
        .as_ref()
        .map(|owner| json!({"id": owner.user_id, "name": owner.name, "email": owner.email}));
    json!({"user": user, "because": turn.because.as_str(), "passed_over": turn.passed_over_facts()})
}

/// What was said of a rotation; its members all of them, in their order.
struct Changes {
    name: Option<String>,
    team_id: Patch<Uuid>,
    strategy: Option<Strategy>,
    status: Option<Status>,
    fallback: Patch<String>,
    members: Option<Vec<MemberInput>>,
}

impl Changes {
    fn of(mut fields: Fields) -> Outcome<Self> {
        let members = fields.value("members");
        let changes = Self {
            name: fields.required_text("name"),
            team_id: fields.uuid("team_id"),
            strategy: fields.read(
                "strategy",
                "round_robin, weighted, fewest_open or previous_owner",
                |word| word.parse().ok(),
            ),
            status: status(&mut fields),
            fallback: fields.text("fallback"),
            members: None,
        };
        let changes = fields.done(changes)?;
        let members = members.map(members_of).transpose()?;
        Ok(Self { members, ..changes })
    }

    fn over(self, present: RotationInput) -> RotationInput {
        RotationInput {
            name: self.name.unwrap_or(present.name),
            team_id: match self.team_id {
                Patch::Keep => present.team_id,
                Patch::Clear => None,
                Patch::Set(id) => Some(id),
            },
            strategy: self.strategy.unwrap_or(present.strategy),
            status: self.status.unwrap_or(present.status),
            fallback: match self.fallback {
                Patch::Keep => present.fallback,
                Patch::Clear => None,
                Patch::Set(who) => Some(MemberRef::of(&who)),
            },
            members: self.members.unwrap_or(present.members),
        }
    }
}

fn status(fields: &mut Fields) -> Option<Status> {
    fields.read("status", "active, queued or archived", |word| {
        word.parse().ok()
    })
}

/// Each by e-mail or id, or as an object with `user`, `weight` and `daily_cap`.
fn members_of(value: Value) -> Outcome<Vec<MemberInput>> {
    let wrong = || Error::invalid("members", Problem::MustBe("an array of e-mails or objects"));
    let Value::Array(members) = value else {
        return Err(wrong());
    };
    let member = |value| match value {
        Value::String(who) => Ok(MemberInput::of(MemberRef::of(&who))),
        Value::Object(member) => member_of(member),
        _ => Err(wrong()),
    };
    members.into_iter().map(member).collect()
}

fn member_of(member: Map<String, Value>) -> Outcome<MemberInput> {
    let mut fields = Fields::new(member);
    let user = fields.required_text("user");
    let user = fields.required("user", user).unwrap_or_default();
    let weight = fields.whole("weight").unwrap_or(1);
    let daily_cap = match fields.value("daily_cap") {
        None | Some(Value::Null) => None,
        Some(cap) => {
            let cap = cap.as_i64().and_then(|cap| i32::try_from(cap).ok());
            let whole = || Error::invalid("daily_cap", Problem::MustBe("a whole number"));
            Some(cap.ok_or_else(whole)?)
        }
    };
    fields.done(MemberInput {
        person: MemberRef::of(&user),
        weight,
        daily_cap,
    })
}

/// `GET /lead-rotations`
///
/// # Errors
/// As [`rotations::rotation_page`]; a query that is not right.
pub async fn index(call: Call, mut query: Query) -> Result<HttpResponse, Refusal> {
    let list = call.run(move |conn, caller| {
        let slice = query.slice();
        let slice = query.done(slice)?;
        let page = rotations::rotation_page(conn, caller, &slice)?;
        Ok(List::of(page, &slice, RotationJson::from))
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// `POST /lead-rotations`: at work and one after another unless it says otherwise.
///
/// # Errors
/// As [`rotations::create`]; a body that is not right.
pub async fn create(call: Call, body: Body) -> Result<HttpResponse, Refusal> {
    let rotation = call.run(move |conn, caller| {
        let usual = RotationInput {
            name: String::new(),
            team_id: None,
            strategy: Strategy::RoundRobin,
            status: Status::Active,
            fallback: None,
            members: Vec::new(),
        };
        let input = Changes::of(body.fields()?)?.over(usual);
        rotations::create(conn, caller, input)
    });
    Ok(HttpResponse::Created().json(RotationJson::from(rotation.await?)))
}

/// `GET /lead-rotations/{id}`
///
/// # Errors
/// As [`rotations::rotation`].
pub async fn show(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let rotation = call.run(move |conn, caller| rotations::rotation(conn, caller, *id));
    Ok(HttpResponse::Ok().json(RotationJson::from(rotation.await?)))
}

/// `PATCH /lead-rotations/{id}`
///
/// # Errors
/// As [`rotations::update`]; a body that is not right.
pub async fn update(call: Call, id: web::Path<Uuid>, body: Body) -> Result<HttpResponse, Refusal> {
    let rotation = call.run(move |conn, caller| {
        let changes = Changes::of(body.fields()?)?;
        rotations::update(conn, caller, *id, |present| changes.over(present))
    });
    Ok(HttpResponse::Ok().json(RotationJson::from(rotation.await?)))
}

/// `PATCH /lead-rotations/{id}/status`
///
/// # Errors
/// As [`rotations::set_status`]; a body that is not right.
pub async fn set_status(
    call: Call,
    id: web::Path<Uuid>,
    body: Body,
) -> Result<HttpResponse, Refusal> {
    let rotation = call.run(move |conn, caller| {
        let mut fields = body.fields()?;
        let status = status(&mut fields);
        let status = fields.required("status", status).unwrap_or(Status::Active);
        let status = fields.done(status)?;
        rotations::set_status(conn, caller, *id, status)
    });
    Ok(HttpResponse::Ok().json(RotationJson::from(rotation.await?)))
}

/// `GET /lead-rotations/{id}/next-user`: who is next; the rotation goes on.
///
/// # Errors
/// As [`rotations::next`].
pub async fn next_user(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let turn = call.run(move |conn, caller| rotations::next(conn, caller, *id));
    Ok(HttpResponse::Ok().json(turn_json(&turn.await?)))
}

/// `GET /lead-rotations/{id}/preview`: who would get the next ten leads; nothing goes on.
///
/// # Errors
/// As [`rotations::preview`].
pub async fn preview(call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, Refusal> {
    let turns = call.run(move |conn, caller| rotations::preview(conn, caller, *id, AHEAD));
    let turns: Vec<Value> = turns.await?.iter().map(turn_json).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": turns })))
}
