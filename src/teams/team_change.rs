//! Making, changing and deleting teams.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::member::{self, Member, MemberRef};
use super::team::{Row, Team, with_its_members};
use super::{MOST, TeamInput};
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::teams as rows;
use crate::error::{Error, Noun, Result};
use crate::ids;

/// Makes a team.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`] when somebody
/// named is not of the account or can't sign in any more; [`Error::Conflict`] when another team has
/// the name.
pub fn create_team(conn: &mut PgConnection, caller: &Caller, input: TeamInput) -> Result<Team> {
    caller.require(Permission::WriteSettings)?;
    let input = input.checked()?;
    conn.transaction(|conn| {
        let own = rows::account_id.eq(caller.account.id);
        let there: i64 = rows::table.filter(own).count().get_result(conn)?;
        if there >= MOST {
            return Err(Error::Conflict(format!(
                "An account has at most {MOST} teams"
            )));
        }
        let people = member::resolve(conn, caller, &input.members, &[])?;
        let row = diesel::insert_into(rows::table)
            .values((
                own,
                rows::id.eq(ids::new(caller.now)),
                rows::name.eq(&input.name),
                rows::active.eq(input.is_active),
                rows::created_at.eq(caller.now),
            ))
            .returning(Row::as_returning())
            .get_result(conn)
            .map_err(taken)?;
        member::set(conn, caller, row.id, &people)?;
        let team = with_its_members(conn, caller, row)?;
        note(conn, caller, Event::TeamCreated, team.id, facts(&team))?;
        Ok(team)
    })
}

/// Changes a team: `edit` makes the new facts of the present ones, which nobody else changes
/// meanwhile. Somebody in it who can't sign in any more may stay.
///
/// # Errors
/// As [`create_team`]; [`Error::NotFound`].
pub fn update_team(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(TeamInput) -> TeamInput,
) -> Result<Team> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = hold(conn, caller, id)?;
        let present = before.members.iter().map(|one| MemberRef::Id(one.user_id));
        let input = edit(TeamInput {
            name: before.name.clone(),
            is_active: before.is_active,
            members: present.collect(),
        });
        let input = input.checked()?;
        let people = member::resolve(conn, caller, &input.members, &before.members)?;
        let row = diesel::update(rows::table.find((caller.account.id, id)))
            .set((rows::name.eq(&input.name), rows::active.eq(input.is_active)))
            .returning(Row::as_returning())
            .get_result(conn)
            .map_err(taken)?;
        member::set(conn, caller, id, &people)?;
        let after = with_its_members(conn, caller, row)?;
        if after != before {
            let data = differences(&facts(&before), &facts(&after));
            note(conn, caller, Event::TeamUpdated, id, data)?;
        }
        Ok(after)
    })
}

/// Takes a person into a team, and tells who came. Who is in it already stays.
///
/// # Errors
/// As [`update_team`].
pub fn add_member(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    user_id: Uuid,
) -> Result<Member> {
    let team = update_team(conn, caller, id, |mut present| {
        present.members.push(MemberRef::Id(user_id));
        present
    })?;
    let mut members = team.members.into_iter();
    let came = members.find(|one| one.user_id == user_id);
    came.ok_or(Error::NotFound(Noun::User))
}

/// Takes a person out of a team, and tells who left. Their leads stay theirs and the team's.
///
/// # Errors
/// As [`update_team`]; [`Error::NotFound`] when they are not in it.
pub fn remove_member(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    user_id: Uuid,
) -> Result<Member> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let mut members = hold(conn, caller, id)?.members.into_iter();
        let leaves = members.find(|one| one.user_id == user_id);
        let leaves = leaves.ok_or(Error::NotFound(Noun::User))?;
        update_team(conn, caller, id, |mut present| {
            present.members.retain(|one| *one != MemberRef::Id(user_id));
            present
        })?;
        Ok(leaves)
    })
}

/// Deletes a team that nothing belongs to.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`];
/// [`Error::Conflict`] when it is in use.
pub fn delete_team(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Team> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let team = hold(conn, caller, id)?;
        diesel::delete(rows::table.find((caller.account.id, id)))
            .execute(conn)
            .map_err(|error| in_use(error, &team.name))?;
        note(conn, caller, Event::TeamDeleted, id, facts(&team))?;
        Ok(team)
    })
}

/// The team, which nobody else changes before the transaction ends. Leads still come into it.
fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Team> {
    let row = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .for_no_key_update()
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Team))?;
    with_its_members(conn, caller, row)
}

fn taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("teams_name_key") =>
        {
            Error::Conflict("One of your teams has this name already".into())
        }
        _ => error.into(),
    }
}

/// Whatever refers to a team or a source keeps it: the database knows of all that does.
pub(super) fn in_use(error: DbError, name: &str) -> Error {
    match error {
        DbError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Error::Conflict(
            format!("“{name}” is in use and can’t be deleted; deactivate it instead"),
        ),
        error => error.into(),
    }
}

fn facts(team: &Team) -> Value {
    let emails = team.members.iter().map(|member| member.email.as_str());
    json!({
        "name": team.name,
        "active": team.is_active,
        "members": emails.collect::<Vec<_>>(),
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
        subject: Subject::Team,
        subject_id,
        data,
    };
    audit::write(conn, caller, &[change])
}
