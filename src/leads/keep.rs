//! Putting leads away, bringing them back, deleting them for good.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::change::hold;
use super::lead::Lead;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_run_steps as steps, workflow_runs};
use crate::error::Result;

/// Puts a lead away; one that is away already stays as it is. Whether anything changed.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn archive(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<bool> {
    put(conn, caller, id, true)
}

/// Brings a lead back; one that is there already stays as it is. Whether anything changed.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn restore(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<bool> {
    put(conn, caller, id, false)
}

fn put(conn: &mut PgConnection, caller: &Caller, id: Uuid, away: bool) -> Result<bool> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let lead = hold(conn, caller, id)?;
        if lead.archived_at.is_some() == away {
            return Ok(false);
        }
        diesel::update(leads::table.find((caller.account.id, id)))
            .set((
                leads::archived_at.eq(away.then_some(caller.now)),
                leads::revision.eq(lead.revision + 1),
                leads::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        let archived_at = away.then_some(caller.now);
        let after = Lead {
            archived_at,
            ..lead
        };
        let told = put_away(conn, caller, &after)?;
        audit::write(conn, caller, &[told])?;
        Ok(true)
    })
}

/// What follows for a lead that has just been put away or brought back: what is told of it.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub(super) fn put_away(conn: &mut PgConnection, caller: &Caller, lead: &Lead) -> Result<Change> {
    if lead.archived_at.is_none() {
        return Ok(entry(Event::LeadUnarchived, lead));
    }
    wake(conn, caller, lead.id)?;
    Ok(entry(Event::LeadArchived, lead))
}

/// The worker looks at the step of a lead that was put away and lets it stand, now and not when it
/// is due: it is nobody's task any more. What was handed over waits for its report.
fn wake(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    let its_run = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(id))
        .filter(workflow_runs::ended_at.is_null())
        .select(workflow_runs::id);
    let waiting = steps::table
        .filter(steps::account_id.eq(caller.account.id))
        .filter(steps::run_id.eq_any(its_run))
        .filter(steps::wake_at.gt(caller.now))
        .filter(steps::state.ne("sent"));
    diesel::update(waiting)
        .set((
            steps::wake_at.eq(caller.now),
            steps::claimed_by_id.eq(None::<Uuid>),
            steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes a lead with its runs and notes. Its audit entries stay.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`].
pub fn delete(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    caller.require(Permission::DeleteLeads)?;
    conn.transaction(|conn| {
        let lead = hold(conn, caller, id)?;
        diesel::delete(leads::table.find((caller.account.id, id))).execute(conn)?;
        audit::write(conn, caller, &[deleted(&lead)])
    })
}

/// What the audit keeps of a lead that is deleted.
pub(super) fn deleted(lead: &Lead) -> Change {
    entry(Event::LeadDeleted, lead)
}

fn entry(event: Event, lead: &Lead) -> Change {
    Change {
        event,
        subject: Subject::Lead,
        subject_id: lead.id,
        data: json!({"number": lead.number, "name": lead.name(), "email": lead.email, "phone": lead.phone}),
    }
}
