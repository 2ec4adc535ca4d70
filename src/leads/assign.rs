//! Giving leads to a person: many at once, or all that somebody has.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::give::give_each;
use super::input::{NewLead, OwnerRef};
use super::named::Known;
use super::selection::{Selection, owned, selected, some_of};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::users;
use crate::error::{Error, FieldErrors, Noun, Problem, Result};

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
/// for more than [`super::ASSIGNED_AT_ONCE`] leads.
pub fn assign(
    conn: &mut PgConnection,
    caller: &Caller,
    selection: &Selection,
    owner: Option<OwnerRef>,
) -> Result<Assigned> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let owner_id = owner_id(conn, caller, owner)?;
        let ids: Vec<Uuid> = selected(conn, caller, selection)?
            .into_iter()
            .map(|lead| lead.id)
            .collect();
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
            let leads = some_of(conn, caller, from)?;
            let ids: Vec<Uuid> = leads.iter().map(|lead| lead.id).collect();
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

/// Gives these leads to one person, or to nobody; how many changed hands.
fn give(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
    owner_id: Option<Uuid>,
) -> Result<usize> {
    let given: Vec<(Uuid, Option<Uuid>)> = ids.iter().map(|id| (*id, owner_id)).collect();
    let held = give_each(conn, caller, &given)?;
    let entries: Vec<Change> = held.into_iter().map(|one| entry(one, owner_id)).collect();
    audit::write(conn, caller, &entries)?;
    Ok(entries.len())
}

fn entry((id, from): (Uuid, Option<Uuid>), to: Option<Uuid>) -> Change {
    Change {
        event: Event::LeadAssigned,
        subject: Subject::Lead,
        subject_id: id,
        data: json!({"changes": {"owner_id": {"from": from, "to": to}}}),
    }
}
