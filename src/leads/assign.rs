//! Giving leads to a person: many at once, or all that somebody has.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::filter::Query;
use super::input::{NewLead, OwnerRef};
use super::named::Known;
use super::page::COUNT_UP_TO;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, users, workflow_run_steps as steps, workflow_runs as runs};
use crate::error::{Error, FieldErrors, Noun, Problem, Result};

/// Leads that change in one transaction, at most: as many as a list is counted.
pub const ASSIGNED_AT_ONCE: i64 = COUNT_UP_TO;

/// Which leads are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These; those that are gone are passed over.
    These(Vec<Uuid>),
    /// Everything that a list holds, wherever its page begins.
    Listed(Box<Query>),
}

/// What an assignment came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// Leads that have another owner now.
    pub changed: usize,
    /// Leads that had this owner already.
    pub kept: usize,
}

/// Gives leads to a person, or to nobody: all of them or none. The tasks that their runs are at go
/// with them.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for an owner who is not of the account or is gone, and
/// for more than [`ASSIGNED_AT_ONCE`] leads.
pub fn assign(
    conn: &mut PgConnection,
    caller: &Caller,
    selection: &Selection,
    owner: Option<OwnerRef>,
) -> Result<Assigned> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let owner_id = owner_id(conn, caller, owner)?;
        let found = match selection {
            Selection::These(ids) => leads::table
                .filter(leads::account_id.eq(caller.account.id))
                .filter(leads::id.eq_any(ids.clone()))
                .into_boxed(),
            Selection::Listed(query) => query.filtered(caller),
        };
        let found = found.select(leads::id).limit(ASSIGNED_AT_ONCE + 1);
        let ids: Vec<Uuid> = found.load(conn)?;
        if ids.len() as i64 > ASSIGNED_AT_ONCE {
            let said = "These are more than 10,000 leads; filter the list until it has fewer";
            return Err(Error::invalid("leads", Problem::Said(said.into())));
        }
        let changed = give(conn, caller, &ids, owner_id)?;
        let kept = ids.len() - changed;
        Ok(Assigned { changed, kept })
    })
}

/// Gives all the leads that a person has to another, or to nobody, as when they leave; how many
/// those were. They change in portions, each whole: what was not reached is still the person's and
/// goes when it is asked for again.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change people; [`Error::NotFound`] for somebody who
/// is not of the account; [`Error::Invalid`] for a new owner who is not, is gone, or is the same.
pub fn hand_over(
    conn: &mut PgConnection,
    caller: &Caller,
    from: Uuid,
    to: Option<OwnerRef>,
) -> Result<usize> {
    caller.require(Permission::WriteSettings)?;
    let mut all = 0;
    loop {
        let changed = conn.transaction(|conn| {
            person(conn, caller, from)?;
            let to = owner_id(conn, caller, to.clone())?;
            if to == Some(from) {
                return Err(Error::invalid("owner", Problem::MustBe("somebody else")));
            }
            // Held from here on: what somebody else gives away at this moment is theirs to give.
            let ids: Vec<Uuid> = owned(caller, from)
                .order(leads::id)
                .select(leads::id)
                .limit(ASSIGNED_AT_ONCE)
                .for_no_key_update()
                .load(conn)?;
            give(conn, caller, &ids, to)
        })?;
        if changed == 0 {
            return Ok(all);
        }
        all += changed;
    }
}

/// How many leads a person has, those that are put away too.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn owned_by(conn: &mut PgConnection, caller: &Caller, person_id: Uuid) -> Result<i64> {
    caller.require(Permission::ReadLeads)?;
    Ok(owned(caller, person_id).count().get_result(conn)?)
}

#[diesel::dsl::auto_type]
fn owned<'a>(caller: &'a Caller, person_id: Uuid) -> _ {
    let account_id: Uuid = caller.account.id;
    leads::table
        .filter(leads::account_id.eq(account_id))
        .filter(leads::owner_id.eq(person_id))
}

fn person(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    let found: Option<Uuid> = users::table
        .find((caller.account.id, id))
        .select(users::id)
        .first(conn)
        .optional()?;
    found.map(|_| ()).ok_or(Error::NotFound(Noun::User))
}

/// The id of the new owner, who is of the account and works; they can't be deleted before the
/// transaction ends.
fn owner_id(
    conn: &mut PgConnection,
    caller: &Caller,
    owner: Option<OwnerRef>,
) -> Result<Option<Uuid>> {
    let named = NewLead {
        owner,
        ..NewLead::default()
    };
    let mut errors = FieldErrors::default();
    let id = Known::load(conn, caller.account.id, [&named])?.check(&named, &mut errors);
    errors.or(id)
}

/// Those of these leads that somebody else has become the new owner's: five statements, however
/// many they are. How many did.
fn give(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
    owner_id: Option<Uuid>,
) -> Result<usize> {
    // Held in one order, so that two who give the same leads don't wait for each other in a ring.
    let held: Vec<(Uuid, Option<Uuid>)> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids))
        .filter(leads::owner_id.is_distinct_from(owner_id))
        .order(leads::id)
        .select((leads::id, leads::owner_id))
        .for_no_key_update()
        .load(conn)?;
    if held.is_empty() {
        return Ok(0);
    }
    let theirs: Vec<Uuid> = held.iter().map(|(id, _)| *id).collect();
    diesel::update(leads::table)
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(&theirs))
        .set((
            leads::owner_id.eq(owner_id),
            leads::revision.eq(leads::revision + 1),
            leads::updated_at.eq(caller.now),
        ))
        .execute(conn)?;
    hand_over_tasks(conn, caller, &theirs, owner_id)?;
    let entries: Vec<Change> = held.into_iter().map(|one| entry(one, owner_id)).collect();
    audit::write(conn, caller, &entries)?;
    Ok(theirs.len())
}

fn entry((id, from): (Uuid, Option<Uuid>), to: Option<Uuid>) -> Change {
    Change {
        event: Event::LeadAssigned,
        subject: Subject::Lead,
        subject_id: id,
        data: json!({"changes": {"owner_id": {"from": from, "to": to}}}),
    }
}

/// The steps that the runs of these leads are at become their new owner's tasks, and leave whoever
/// has them before them.
pub(super) fn hand_over_tasks(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_ids: &[Uuid],
    owner_id: Option<Uuid>,
) -> Result<()> {
    let live = runs::table
        .filter(runs::account_id.eq(caller.account.id))
        .filter(runs::lead_id.eq_any(lead_ids))
        .filter(runs::ended_at.is_null())
        .select(runs::id);
    let open = steps::table
        .filter(steps::account_id.eq(caller.account.id))
        .filter(steps::exited_at.is_null())
        .filter(steps::run_id.eq_any(live));
    diesel::update(open)
        .set((
            steps::owner_id.eq(owner_id),
            steps::claimed_by_id.eq(None::<Uuid>),
            steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}
