//! Reading teams.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::member::{self, Member};
use crate::caller::{Caller, Permission};
use crate::db::schema::teams as rows;
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};
use crate::text;

/// Some people who work leads together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: Uuid,
    /// Its short number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Whether it takes new leads.
    pub is_active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who is in it, by name.
    pub members: Vec<Member>,
}

/// A team without its people.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = rows)]
pub(super) struct Row {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub active: bool,
    pub created_at: DateTime<Utc>,
}

/// Every team with its people, those that are active first, by name: two queries, however many.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn teams(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Team>> {
    caller.require(Permission::ReadSettings)?;
    let found = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .load(conn)?;
    let mut teams = with_members(conn, caller, found)?;
    teams.sort_by_cached_key(|team| (!team.is_active, text::fold(&team.name)));
    Ok(teams)
}

/// A page of the teams, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn team_page(conn: &mut PgConnection, caller: &Caller, slice: &Slice) -> Result<Page<Team>> {
    caller.require(Permission::ReadSettings)?;
    let own = rows::account_id.eq(caller.account.id);
    let mut found = Row::query()
        .filter(own)
        .order((rows::created_at.desc(), rows::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let older = rows::created_at.lt(after.created_at);
        let as_old = rows::created_at.eq(after.created_at);
        found = found.filter(older.or(as_old.and(rows::id.lt(after.id))));
    }
    let found = found.load(conn)?;
    let teams = with_members(conn, caller, found)?;
    let total = rows::table.filter(own).count().get_result(conn)?;
    Ok(slice.page(teams, total, |team| After {
        created_at: team.created_at,
        id: team.id,
    }))
}

/// One team.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn team(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Team> {
    caller.require(Permission::ReadSettings)?;
    let row = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Team))?;
    with_its_members(conn, caller, row)
}

/// A team as it is now.
pub(super) fn with_its_members(conn: &mut PgConnection, caller: &Caller, row: Row) -> Result<Team> {
    let mut teams = with_members(conn, caller, vec![row])?;
    teams.pop().ok_or(Error::NotFound(Noun::Team))
}

fn with_members(conn: &mut PgConnection, caller: &Caller, found: Vec<Row>) -> Result<Vec<Team>> {
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let mut members = member::of_teams(conn, caller.account.id, &ids)?;
    let team = |row: Row| Team {
        members: members.remove(&row.id).unwrap_or_default(),
        id: row.id,
        number: row.number,
        name: row.name,
        is_active: row.active,
        created_at: row.created_at,
    };
    Ok(found.into_iter().map(team).collect())
}
