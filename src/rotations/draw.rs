//! Drawing turns.

use std::collections::HashMap;

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::DEFAULT;
use super::load::hold;
use super::rotation::{Status, rotation};
use super::save::save;
use super::turn::Turn;
use super::turns::{Drawn, Turns};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::rotations as rows;
use crate::error::{Error, Noun, Result};

/// Draws a turn for each lead that nobody owns yet, by the rotation of its team, else by the
/// account's default. One query where no rotation is at work; otherwise two statements more for
/// each rotation, in a transaction of its own unless the caller has begun one: then whoever draws
/// from the same rotation waits until that ends.
///
/// Should the program end before the leads are written, their turns are lost, and nothing else: the
/// next goes on after them.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn draw(
    conn: &mut PgConnection,
    caller: &Caller,
    teams: impl IntoIterator<Item = Option<Uuid>>,
) -> Result<Turns> {
    let mut wanted: HashMap<Option<Uuid>, usize> = HashMap::new();
    for team_id in teams {
        *wanted.entry(team_id).or_default() += 1;
    }
    if wanted.is_empty() {
        return Ok(Turns::default());
    }
    let of_teams: Vec<Uuid> = wanted.keys().copied().flatten().collect();
    let is_default = rows::team_id.is_null().and(rows::name.ilike(DEFAULT));
    let at_work: Vec<(Uuid, Option<Uuid>)> = rows::table
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::status.eq(Status::Active))
        .filter(
            rows::team_id
                .assume_not_null()
                .eq_any(of_teams)
                .or(is_default),
        )
        .select((rows::id, rows::team_id))
        .load(conn)?;
    let find = |team_id: Option<Uuid>| {
        let mut at_work = at_work.iter();
        at_work.find(|(_, of)| *of == team_id).map(|(id, _)| *id)
    };
    let mut rotation_of: HashMap<Option<Uuid>, Uuid> = HashMap::new();
    let mut turns: HashMap<Uuid, usize> = HashMap::new();
    for (team_id, many) in wanted {
        if let Some(id) = find(team_id).or_else(|| find(None)) {
            rotation_of.insert(team_id, id);
            *turns.entry(id).or_default() += many;
        }
    }
    if turns.is_empty() {
        return Ok(Turns::default());
    }
    let drawn = draw_held(conn, caller, &turns)?;
    let place = |id: Uuid| drawn.iter().position(|one| one.loaded().rotation.id == id);
    let by_team = rotation_of.into_iter();
    let by_team = by_team.filter_map(|(team_id, id)| Some((team_id, place(id)?)));
    Ok(Turns::of(by_team.collect(), drawn))
}

/// Draws so many turns of one rotation, whatever team their leads are of.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is not at work.
pub fn draw_from(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    teams: impl IntoIterator<Item = Option<Uuid>>,
) -> Result<Turns> {
    let mut of_teams = HashMap::new();
    let mut many = 0;
    for team_id in teams {
        of_teams.insert(team_id, 0);
        many += 1;
    }
    let found: Option<(Status, String)> = rows::table
        .find((caller.account.id, id))
        .select((rows::status, rows::name))
        .first(conn)
        .optional()?;
    let (status, name) = found.ok_or(Error::NotFound(Noun::Rotation))?;
    if status != Status::Active {
        return Err(Error::Conflict(format!(
            "The rotation “{name}” is not at work"
        )));
    }
    let drawn = draw_held(conn, caller, &HashMap::from([(id, many)]))?;
    Ok(Turns::of(of_teams, drawn))
}

fn draw_held(
    conn: &mut PgConnection,
    caller: &Caller,
    turns: &HashMap<Uuid, usize>,
) -> Result<Vec<Drawn>> {
    conn.transaction(|conn| {
        let ids: Vec<Uuid> = turns.keys().copied().collect();
        let mut all = Vec::with_capacity(ids.len());
        let soon = is_alone(conn)?;
        for loaded in hold(conn, caller, ids, soon)? {
            let many = turns.get(&loaded.rotation.id).copied().unwrap_or_default();
            let drawn = Drawn::draw(loaded, many);
            save(conn, caller, drawn.loaded(), drawn.unserved())?;
            all.push(drawn);
        }
        Ok(all)
    })
}

/// Whether nothing but turns is written by this transaction. It need not wait for the disk then, as
/// whoever draws next would too: what is written with the leads is on the disk only after it is.
fn is_alone(conn: &mut PgConnection) -> Result<bool> {
    let status = AnsiTransactionManager::transaction_manager_status_mut(conn);
    Ok(status
        .transaction_depth()?
        .is_some_and(|depth| depth.get() == 1))
}

/// The next turn of a rotation, which is taken with this: the rotation goes on (contract §5).
///
/// # Errors
/// [`Error::Forbidden`] without the right to write leads; [`Error::NotFound`]; [`Error::Conflict`]
/// when it is not at work.
pub fn next(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Turn> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let mut turns = draw_from(conn, caller, id, [None])?;
        let turn = turns.take(None, None);
        let turn = turn.ok_or_else(|| Error::internal("a turn was drawn and is not there"))?;
        let user = turn.owner.as_ref().map(|owner| owner.email.as_str());
        let change = Change {
            event: Event::RotationAdvanced,
            subject: Subject::Rotation,
            subject_id: id,
            data: json!({"user": user, "because": turn.because.as_str()}),
        };
        audit::write(conn, caller, &[change])?;
        Ok(turn)
    })
}

/// To whom the next leads would go as things are now; nothing is taken.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings; [`Error::NotFound`].
pub fn preview(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    many: usize,
) -> Result<Vec<Turn>> {
    let rotation = rotation(conn, caller, id)?;
    conn.transaction(|conn| {
        let loaded = hold(conn, caller, vec![rotation.id], false)?.pop();
        let loaded = loaded.ok_or(Error::NotFound(Noun::Rotation))?;
        let mut drawn = Drawn::draw(loaded, many);
        Ok(std::iter::from_fn(|| drawn.take(None)).collect())
    })
}
