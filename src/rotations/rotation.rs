//! Reading rotations.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::DEFAULT;
use crate::caller::{Caller, Permission};
use crate::db::schema::{rotation_members as members, rotations as rows, users};
use crate::db::text_enum;
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};
use crate::text;

text_enum! {
    /// How the next member is picked.
    pub enum Strategy {
        /// One after another.
        RoundRobin = "round_robin",
        /// One after another, some more often than others.
        Weighted = "weighted",
        /// Whoever has the fewest leads that are neither won nor lost.
        FewestOpen = "fewest_open",
        /// Whoever had the same person as a lead before; one after another for everybody new.
        PreviousOwner = "previous_owner",
    }
}

text_enum! {
    /// Whether a rotation is at work.
    pub enum Status {
        /// It gives leads to its members.
        Active = "active",
        /// It is being prepared.
        Queued = "queued",
        /// It was put away.
        Archived = "archived",
    }
}

/// Who gets the next lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Its id.
    pub id: Uuid,
    /// Its short number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// The team whose leads it gives out.
    pub team_id: Option<Uuid>,
    /// How the next is picked.
    pub strategy: Strategy,
    /// Whether it is at work.
    pub status: Status,
    /// Who gets leads while none of the members can; nobody without one.
    pub fallback_id: Option<Uuid>,
    /// Leads for whom none of the members could be found, since somebody last looked.
    pub unserved: i64,
    /// Since when those are.
    pub unserved_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The pass of whoever was last.
    clock: i64,
    /// Its members, in their order.
    pub members: Vec<Member>,
}

/// Somebody who takes turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person's id.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail, in lower case.
    pub email: String,
    /// Whether they can sign in, or could once they have joined.
    pub is_active: bool,
    /// Their share, 1 to 10, where the strategy is weighted.
    pub weight: i32,
    /// How many leads they get in a day at most.
    pub daily_cap: Option<i32>,
    /// How far their turns have come.
    pass: i64,
}

#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = rows)]
pub(super) struct Row {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub team_id: Option<Uuid>,
    pub strategy: Strategy,
    pub status: Status,
    pub fallback_id: Option<Uuid>,
    pub unserved: i64,
    pub unserved_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub clock: i64,
}

impl Rotation {
    /// Whether leads go through it that no team's rotation takes.
    pub fn is_default(&self) -> bool {
        is_default(self.team_id, &self.name)
    }

    /// The place in its order, from 0, of the member whose turn is next as far as turns go: who is
    /// away or has had enough is passed over only when it comes to it.
    pub fn position(&self) -> usize {
        let standing = |at: &usize| (self.members[*at].pass.max(self.clock), *at);
        (0..self.members.len()).min_by_key(standing).unwrap_or(0)
    }
}

/// Every rotation with its members, those at work first, by name: two queries, however many.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn rotations(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Rotation>> {
    caller.require(Permission::ReadSettings)?;
    let found = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .load(conn)?;
    let mut rotations = with_members(conn, caller, found)?;
    let place = |status| Status::ALL.iter().position(|one| *one == status);
    rotations.sort_by_cached_key(|one| (place(one.status), text::fold(&one.name), one.number));
    Ok(rotations)
}

/// A page of the rotations, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn rotation_page(
    conn: &mut PgConnection,
    caller: &Caller,
    slice: &Slice,
) -> Result<Page<Rotation>> {
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
    let rotations = with_members(conn, caller, found)?;
    let total = rows::table.filter(own).count().get_result(conn)?;
    Ok(slice.page(rotations, total, |one| After {
        created_at: one.created_at,
        id: one.id,
    }))
}

/// One rotation.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn rotation(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Rotation> {
    caller.require(Permission::ReadSettings)?;
    let row = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Rotation))?;
    with_its_members(conn, caller, row)
}

/// Whether leads go through it that no team's rotation takes.
pub(super) fn is_default(team_id: Option<Uuid>, name: &str) -> bool {
    team_id.is_none() && name.eq_ignore_ascii_case(DEFAULT)
}

/// A rotation as it is now.
pub(super) fn with_its_members(
    conn: &mut PgConnection,
    caller: &Caller,
    row: Row,
) -> Result<Rotation> {
    let mut rotations = with_members(conn, caller, vec![row])?;
    rotations.pop().ok_or(Error::NotFound(Noun::Rotation))
}

type MemberRow = (
    Uuid,
    Uuid,
    String,
    String,
    Option<DateTime<Utc>>,
    i32,
    Option<i32>,
    i64,
);

fn with_members(
    conn: &mut PgConnection,
    caller: &Caller,
    found: Vec<Row>,
) -> Result<Vec<Rotation>> {
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let of_user = users::account_id
        .eq(members::account_id)
        .and(users::id.eq(members::user_id));
    let seats: Vec<MemberRow> = members::table
        .inner_join(users::table.on(of_user))
        .filter(members::account_id.eq(caller.account.id))
        .filter(members::rotation_id.eq_any(ids))
        .order((members::position, members::id))
        .select((
            members::rotation_id,
            users::id,
            users::name,
            users::email,
            users::deactivated_at,
            members::weight,
            members::daily_cap,
            members::pass,
        ))
        .load(conn)?;
    let mut by_rotation: HashMap<Uuid, Vec<Member>> = HashMap::new();
    for (rotation_id, user_id, name, email, deactivated_at, weight, daily_cap, pass) in seats {
        by_rotation.entry(rotation_id).or_default().push(Member {
            user_id,
            name,
            email,
            is_active: deactivated_at.is_none(),
            weight,
            daily_cap,
            pass,
        });
    }
    let rotation = |row: Row| Rotation {
        members: by_rotation.remove(&row.id).unwrap_or_default(),
        id: row.id,
        number: row.number,
        name: row.name,
        team_id: row.team_id,
        strategy: row.strategy,
        status: row.status,
        fallback_id: row.fallback_id,
        unserved: row.unserved,
        unserved_at: row.unserved_at,
        created_at: row.created_at,
        clock: row.clock,
    };
    Ok(found.into_iter().map(rotation).collect())
}
