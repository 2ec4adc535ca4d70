//! Making, changing and deleting lead sources.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::source::LeadSource;
use super::team_change::in_use;
use super::{MOST, SourceInput};
use crate::audit::{self, Change, Event, Subject, differences};
use crate::caller::{Caller, Permission};
use crate::db::schema::{lead_sources as rows, teams};
use crate::error::{Error, Noun, Problem, Result};
use crate::ids;

/// Makes a lead source, of a team or of the account.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`] when the account
/// has no such team; [`Error::Conflict`] when another source there has the name.
pub fn create_source(
    conn: &mut PgConnection,
    caller: &Caller,
    input: SourceInput,
) -> Result<LeadSource> {
    caller.require(Permission::WriteSettings)?;
    let input = input.checked()?;
    conn.transaction(|conn| {
        let own = rows::account_id.eq(caller.account.id);
        let there: i64 = rows::table.filter(own).count().get_result(conn)?;
        if there >= MOST {
            return Err(Error::Conflict(format!(
                "An account has at most {MOST} lead sources"
            )));
        }
        hold_team(conn, caller, input.team_id)?;
        let source: LeadSource = diesel::insert_into(rows::table)
            .values((
                own,
                rows::id.eq(ids::new(caller.now)),
                rows::name.eq(&input.name),
                rows::team_id.eq(input.team_id),
                rows::active.eq(input.is_active),
                rows::created_at.eq(caller.now),
            ))
            .returning(LeadSource::as_returning())
            .get_result(conn)
            .map_err(taken)?;
        let (event, data) = (Event::LeadSourceCreated, facts(&source));
        note(conn, caller, event, source.id, data)?;
        Ok(source)
    })
}

/// Changes a lead source: `edit` makes the new facts of the present ones, which nobody else changes
/// meanwhile.
///
/// # Errors
/// As [`create_source`]; [`Error::NotFound`]; [`Error::Conflict`] when it is to be of another team,
/// whose leads those that came from it are not.
pub fn update_source(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    edit: impl FnOnce(SourceInput) -> SourceInput,
) -> Result<LeadSource> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let before = hold(conn, caller, id)?;
        let input = edit(SourceInput {
            name: before.name.clone(),
            team_id: before.team_id,
            is_active: before.is_active,
        });
        let input = input.checked()?;
        if input.team_id != before.team_id {
            let sentence = "A lead source stays with its team; make another one there instead";
            return Err(Error::Conflict(sentence.into()));
        }
        let after = LeadSource {
            name: input.name,
            is_active: input.is_active,
            ..before.clone()
        };
        if after == before {
            return Ok(after);
        }
        diesel::update(rows::table.find((caller.account.id, id)))
            .set((rows::name.eq(&after.name), rows::active.eq(after.is_active)))
            .execute(conn)
            .map_err(taken)?;
        let data = differences(&facts(&before), &facts(&after));
        note(conn, caller, Event::LeadSourceUpdated, id, data)?;
        Ok(after)
    })
}

/// Deletes a lead source that no lead came from.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::NotFound`];
/// [`Error::Conflict`] when it is in use.
pub fn delete_source(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadSource> {
    caller.require(Permission::WriteSettings)?;
    conn.transaction(|conn| {
        let source = hold(conn, caller, id)?;
        diesel::delete(rows::table.find((caller.account.id, id)))
            .execute(conn)
            .map_err(|error| in_use(error, &source.name))?;
        note(conn, caller, Event::LeadSourceDeleted, id, facts(&source))?;
        Ok(source)
    })
}

/// The source, which nobody else changes before the transaction ends. Leads still come from it.
fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<LeadSource> {
    let source = LeadSource::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .for_no_key_update()
        .first(conn)
        .optional()?;
    source.ok_or(Error::NotFound(Noun::LeadSource))
}

/// Keeps the team from being deleted meanwhile.
fn hold_team(conn: &mut PgConnection, caller: &Caller, id: Option<Uuid>) -> Result<()> {
    let Some(id) = id else {
        return Ok(());
    };
    let team: Option<Uuid> = teams::table
        .find((caller.account.id, id))
        .select(teams::id)
        .for_key_share()
        .first(conn)
        .optional()?;
    match team {
        Some(_) => Ok(()),
        None => Err(Error::invalid("team_id", Problem::NotOfAccount)),
    }
}

fn taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if about.constraint_name() == Some("lead_sources_name_key") =>
        {
            Error::Conflict("A lead source there has this name already".into())
        }
        _ => error.into(),
    }
}

fn facts(source: &LeadSource) -> Value {
    json!({
        "name": source.name,
        "team_id": source.team_id,
        "active": source.is_active,
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
        subject: Subject::LeadSource,
        subject_id,
        data,
    };
    audit::write(conn, caller, &[change])
}
