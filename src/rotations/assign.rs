//! Giving leads that are there to whoever's turn it is.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::draw::{draw, draw_from};
use super::rotation::Status;
use super::turn::{Turn, changes};
use crate::audit::{self, Change};
use crate::caller::{Caller, Permission};
use crate::db::schema::{rotation_members as members, rotations, users};
use crate::error::{Error, Problem, Result};
use crate::leads::{self, Candidate, Selection};

/// What giving leads by rotation came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shared {
    /// Leads that have another owner now.
    pub changed: usize,
    /// Leads that had that owner already.
    pub kept: usize,
    /// Leads that no member could be given, and that stay with whom they were.
    pub unserved: usize,
}

/// Gives leads to whoever's turn it is: of one rotation, or each by that of its team, else by the
/// account's default. All of them or none.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for more than [`leads::ASSIGNED_AT_ONCE`] leads, and
/// where no rotation gives out any of them; [`Error::NotFound`] and [`Error::Conflict`] when the one
/// that is named is not there or not at work.
pub fn assign(
    conn: &mut PgConnection,
    caller: &Caller,
    selection: &Selection,
    rotation_id: Option<Uuid>,
) -> Result<Shared> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let candidates = leads::selected(conn, caller, selection)?;
        share(conn, caller, &candidates, rotation_id)
    })
}

/// Gives all the leads that a person has to whoever's turn it is, as when they leave; how many those
/// were. They change in portions, each whole.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change people; [`Error::Invalid`] where no rotation
/// gives out any of the leads, and for somebody who would get some of them back.
pub fn hand_out(conn: &mut PgConnection, caller: &Caller, from: Uuid) -> Result<usize> {
    caller.require(Permission::WriteSettings)?;
    if takes_turns(conn, caller, from)? {
        let sentence = "They still take turns themselves: deactivate them, or take them out of \
                        the rotations first";
        return Err(Error::invalid("owner", Problem::Said(sentence.into())));
    }
    let mut all = 0;
    loop {
        let changed = conn.transaction(|conn| {
            let candidates = leads::some_of(conn, caller, from)?;
            Ok::<_, Error>(share(conn, caller, &candidates, None)?.changed)
        })?;
        if changed == 0 {
            return Ok(all);
        }
        all += changed;
    }
}

/// Whether a rotation at work may pick somebody, now or when they are back.
fn takes_turns(conn: &mut PgConnection, caller: &Caller, person_id: Uuid) -> Result<bool> {
    let of_rotation = rotations::account_id
        .eq(members::account_id)
        .and(rotations::id.eq(members::rotation_id));
    let of_user = users::account_id
        .eq(members::account_id)
        .and(users::id.eq(members::user_id));
    let turns = members::table
        .inner_join(rotations::table.on(of_rotation))
        .inner_join(users::table.on(of_user))
        .filter(members::account_id.eq(caller.account.id))
        .filter(members::user_id.eq(person_id))
        .filter(rotations::status.eq(Status::Active))
        .filter(users::deactivated_at.is_null());
    Ok(diesel::select(exists(turns)).get_result(conn)?)
}

fn share(
    conn: &mut PgConnection,
    caller: &Caller,
    candidates: &[Candidate],
    rotation_id: Option<Uuid>,
) -> Result<Shared> {
    let teams = candidates.iter().map(|lead| lead.team_id);
    let mut turns = match rotation_id {
        Some(id) => draw_from(conn, caller, id, teams)?,
        None => draw(conn, caller, teams)?,
    };
    if turns.is_empty() && !candidates.is_empty() {
        let sentence =
            "No rotation is at work for these leads: an admin sets one up in the settings";
        return Err(Error::invalid("owner", Problem::Said(sentence.into())));
    }
    let asks = |lead: &Candidate| turns.ask_previous(lead.team_id);
    let previous = match candidates.iter().any(asks) {
        true => {
            let keys: Vec<_> = candidates.iter().map(|lead| &lead.keys).collect();
            leads::previous_owners(conn, caller, &keys)?
        }
        false => vec![None; candidates.len()],
    };
    let mut shared = Shared::default();
    let mut taken: Vec<(Uuid, Turn)> = Vec::with_capacity(candidates.len());
    for (lead, previous) in candidates.iter().zip(previous) {
        match turns.take(lead.team_id, previous) {
            Some(turn) if turn.owner.is_some() => taken.push((lead.id, turn)),
            _ => shared.unserved += 1,
        }
    }
    let owner = |turn: &Turn| turn.owner.as_ref().map(|owner| owner.user_id);
    let given: Vec<(Uuid, Option<Uuid>)> = taken
        .iter()
        .map(|(lead_id, turn)| (*lead_id, owner(turn)))
        .collect();
    let held = leads::give_each(conn, caller, &given)?;
    let mut turn_of: HashMap<Uuid, Turn> = taken.into_iter().collect();
    let entries: Vec<Change> = held
        .iter()
        .filter_map(|(id, from)| Some(changes(*id, *from, &turn_of.remove(id)?)))
        .collect();
    audit::write(conn, caller, &entries)?;
    turns.give_back(conn, caller)?;
    shared.changed = held.len();
    shared.kept = given.len() - held.len();
    Ok(shared)
}
