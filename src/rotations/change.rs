//! Making and changing rotations.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use diesel::upsert::excluded;
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::{Checked, MemberInput, RotationInput};
use super::rotation::{Rotation, Row, Status, with_its_members};
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::{rotation_members as members, rotations as rows};
use crate::error::{Error, Noun, Result};
use crate::ids;
use crate::teams::MemberRef;

/// As many as an account may have.
const MOST: i64 = 1_000;

/// Makes a rotation.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`]; [`Error::Conflict`]
/// when another is at work for its team, or is the default already.
pub fn create(conn: &mut PgConnection, caller: &Caller, input: RotationInput) -> Result<Rotation> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let own = rows::account_id.eq(caller.account.id);
        let there: i64 = rows::table.filter(own).count().get_result(conn)?;
        if there >= MOST {
            let sentence = format!("An account has at most {MOST} rotations");
            return Err(Error::Conflict(sentence));
        }
        let checked = input.checked(conn, caller, &[])?;
        let row: Row = diesel::insert_into(rows::table)
            .values((
                own,
                rows::id.eq(ids::new(caller.now)),
                rows::name.eq(&checked.name),
                rows::team_id.eq(input.team_id),
                rows::strategy.eq(input.strategy),
                rows::status.eq(input.status),
                rows::fallback_id.eq(checked.fallback_id),
                rows::created_at.eq(caller.now),
            ))
            .returning(Row::as_returning())
            .get_result(conn)
            .map_err(taken)?;
        seat(conn, caller, &row, &checked)?;
        let rotation = with_its_members(conn, caller, row)?;
        let (event, data) = (Event::RotationCreated, facts(&rotation));
        note(conn, caller, event, rotation.id, data)?;
        Ok(rotation)
    })
}

/// Changes a rotation: `edit` makes the new facts of the present ones, which nobody else changes
/// meanwhile. A member who can't sign in any more may stay. Who stays keeps how far their turns have
/// come, and who is new begins where the last turn was.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`].
pub fn update(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(RotationInput) -> RotationInput,
) -> Result<Rotation> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = hold(conn, caller, id)?;
        let mut present: Vec<Uuid> = before.members.iter().map(|one| one.user_id).collect();
        present.extend(before.fallback_id);
        let input = edit(RotationInput {
            name: before.name.clone(),
            team_id: before.team_id,
            strategy: before.strategy,
            status: before.status,
            fallback: before.fallback_id.map(MemberRef::Id),
            members: before.members.iter().map(MemberInput::from).collect(),
        });
        let checked = input.checked(conn, caller, &present)?;
        let row: Row = diesel::update(rows::table.find((caller.account.id, id)))
            .set((
                rows::name.eq(&checked.name),
                rows::team_id.eq(input.team_id),
                rows::strategy.eq(input.strategy),
                rows::status.eq(input.status),
                rows::fallback_id.eq(checked.fallback_id),
            ))
            .returning(Row::as_returning())
            .get_result(conn)
            .map_err(taken)?;
        seat(conn, caller, &row, &checked)?;
        let after = with_its_members(conn, caller, row)?;
        let (was, is) = (facts(&before), facts(&after));
        if was != is {
            let data = differences(&was, &is);
            note(conn, caller, Event::RotationUpdated, id, data)?;
        }
        Ok(after)
    })
}

/// Puts a rotation to work, sets it aside, or puts it away.
///
/// # Errors
/// As [`update`].
pub fn set_status(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    status: Status,
) -> Result<Rotation> {
    update(conn, caller, id, |present| RotationInput {
        status,
        ..present
    })
}

/// Somebody has looked at the leads for whom no member could be found.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`].
pub fn acknowledge(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let rotation = hold(conn, caller, id)?;
        if rotation.unserved == 0 {
            return Ok(());
        }
        diesel::update(rows::table.find((caller.account.id, id)))
            .set((
                rows::unserved.eq(0),
                rows::unserved_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(conn)?;
        let data = json!({"changes": {"unserved": {"from": rotation.unserved, "to": 0}}});
        note(conn, caller, Event::RotationUpdated, id, data)
    })
}

/// The rotation, which nobody else changes or draws from before the transaction ends.
fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Rotation> {
    let row = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .for_no_key_update()
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Rotation))?;
    with_its_members(conn, caller, row)
}

/// Makes these people, and nobody else, the members of a rotation, in their order.
fn seat(conn: &mut PgConnection, caller: &Caller, row: &Row, checked: &Checked) -> Result<()> {
    let people: Vec<Uuid> = checked.members.iter().map(|one| one.user_id).collect();
    let there = members::table
        .filter(members::account_id.eq(caller.account.id))
        .filter(members::rotation_id.eq(row.id));
    diesel::delete(there.filter(members::user_id.ne_all(people))).execute(conn)?;
    let ids = ids::several(caller.now, checked.members.len());
    let seats = checked.members.iter().zip(ids).zip(0_i32..);
    let seats: Vec<_> = seats
        .map(|((member, id), position)| {
            (
                members::account_id.eq(caller.account.id),
                members::id.eq(id),
                members::rotation_id.eq(row.id),
                members::user_id.eq(member.user_id),
                members::position.eq(position),
                members::weight.eq(member.weight),
                members::daily_cap.eq(member.daily_cap),
                members::pass.eq(row.clock),
                members::created_at.eq(caller.now),
            )
        })
        .collect();
    diesel::insert_into(members::table)
        .values(seats)
        .on_conflict((members::account_id, members::rotation_id, members::user_id))
        .do_update()
        .set((
            members::position.eq(excluded(members::position)),
            members::weight.eq(excluded(members::weight)),
            members::daily_cap.eq(excluded(members::daily_cap)),
        ))
        .execute(conn)
        .map(|_| ())
        .map_err(Error::from)
}

fn taken(error: DbError) -> Error {
    let constraint = match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about) => {
            about.constraint_name()
        }
        _ => None,
    };
    match constraint {
        Some("rotations_team_id_key") => Error::Conflict(
            "Another rotation is at work for this team: set that one aside first".into(),
        ),
        Some("rotations_name_key") => Error::Conflict(
            "Another rotation of this name is at work: set that one aside first".into(),
        ),
        _ => error.into(),
    }
}

fn facts(rotation: &Rotation) -> Value {
    let member = |email: &str, weight: i32, cap: Option<i32>| match (weight, cap) {
        (1, None) => email.to_owned(),
        (weight, None) => format!("{email} (weight {weight})"),
        (weight, Some(cap)) => format!("{email} (weight {weight}, at most {cap} a day)"),
    };
    let members = rotation.members.iter();
    let members = members.map(|one| member(&one.email, one.weight, one.daily_cap));
    json!({
        "name": rotation.name,
        "team_id": rotation.team_id,
        "strategy": rotation.strategy.as_str(),
        "status": rotation.status.as_str(),
        "fallback_id": rotation.fallback_id,
        "members": members.collect::<Vec<_>>(),
    })
}

fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    event: Event,
    subject_id: Uuid,
    data: Value,
) -> Result<()> {
    let change = Change {
        event,
        subject: Subject::Rotation,
        subject_id,
        data,
    };
    audit::write(conn, caller, &[change])
}
