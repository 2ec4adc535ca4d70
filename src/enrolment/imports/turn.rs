//! An import is run, stopped, taken up again, taken back or thrown away.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::file::record::{change, told};
use super::import::{Import, State, hold};
use super::record;
use crate::audit::{self, Event};
use crate::caller::Caller;
use crate::db::schema::imports;
use crate::error::{Error, Result};
use crate::uploads::Uploads;

/// Has the leads of a checked file brought in.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it is not checked, or would
/// bring in nothing.
pub fn run(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    conn.transaction(|conn| {
        let import = hold(conn, caller, id)?;
        if import.state != State::Checked {
            return Err(not_now(&import, "run"));
        }
        if import.counts.created + import.counts.updated == 0 {
            let sentence = "None of the rows would bring in or change a lead";
            return Err(Error::Conflict(sentence.into()));
        }
        record::begin_again(conn, caller, id, State::Running)?;
        diesel::update(imports::table.find((caller.account.id, id)))
            .set(imports::started_at.eq(caller.now))
            .execute(conn)?;
        Ok(())
    })
}

/// Stops what the worker does: a check goes back to its rules, a run ends where it is.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when nothing is under way.
pub fn cancel(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    conn.transaction(|conn| {
        let import = hold(conn, caller, id)?;
        match import.state {
            State::Checking => record::begin_again(conn, caller, id, State::Draft),
            State::Running => {
                record::come_to(conn, caller, id, State::Cancelled)?;
                end(conn, caller, &import)
            }
            _ => Err(not_now(&import, "be stopped")),
        }
    })
}

/// Goes on with an import that could not, or was stopped, from where it is.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it did not stop on its way.
pub fn go_on(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    conn.transaction(|conn| {
        let import = hold(conn, caller, id)?;
        match (import.state, import.started_at) {
            (State::Failed, None) => record::begin_again(conn, caller, id, State::Checking),
            (State::Failed, Some(_)) if import.ended_at.is_some() => {
                record::come_to(conn, caller, id, State::Undoing)
            }
            (State::Failed | State::Cancelled, Some(_)) if import.upload_id.is_some() => {
                diesel::update(imports::table.find((caller.account.id, id)))
                    .set(imports::ended_at.eq(None::<DateTime<Utc>>))
                    .execute(conn)?;
                record::come_to(conn, caller, id, State::Running)
            }
            _ => Err(not_now(&import, "go on")),
        }
    })
}

/// Takes back what an import did: leads that nobody has touched are removed, fields that nobody has
/// edited since get what they said before.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it did nothing, is under way
/// or was taken back.
pub fn undo(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<()> {
    conn.transaction(|conn| {
        let import = hold(conn, caller, id)?;
        let has_stopped = matches!(import.state, State::Done | State::Cancelled | State::Failed);
        if !has_stopped || import.counts.created + import.counts.updated == 0 {
            return Err(not_now(&import, "be undone"));
        }
        record::come_to(conn, caller, id, State::Undoing)?;
        diesel::update(imports::table.find((caller.account.id, id)))
            .set((
                imports::last_row.eq(0),
                imports::ended_at.eq(import.ended_at.unwrap_or(caller.now)),
            ))
            .execute(conn)?;
        Ok(())
    })
}

/// Throws an import away that has not run, with its file.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it has run;
/// [`Error::Internal`] when the disk refuses.
pub fn discard(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    id: Uuid,
) -> Result<()> {
    let upload_id = conn.transaction(|conn| {
        let import = hold(conn, caller, id)?;
        if !import.state.is_open() && import.started_at.is_some() {
            return Err(not_now(&import, "be thrown away"));
        }
        diesel::delete(imports::table.find((caller.account.id, id))).execute(conn)?;
        Ok::<_, Error>(import.upload_id)
    })?;
    // A file that stays behind is swept away.
    match upload_id {
        Some(upload_id) => uploads.remove(upload_id).map_err(Error::internal),
        None => Ok(()),
    }
}

/// The run is over: from now on its counts say what it did.
pub(super) fn end(conn: &mut PgConnection, caller: &Caller, import: &Import) -> Result<()> {
    diesel::update(imports::table.find((caller.account.id, import.id)))
        .set(imports::ended_at.eq(caller.now))
        .execute(conn)?;
    let named = super::super::file::record::Import {
        id: import.id,
        number: import.number,
    };
    let plan = import.plan.as_ref();
    let workflow = plan
        .and_then(|plan| plan.workflow_id)
        .zip(import.workflow.as_deref());
    told(
        conn,
        caller,
        named,
        &import.file_name,
        workflow,
        &import.counts,
    )
}

/// Tells the audit what was taken back.
pub(super) fn end_undo(conn: &mut PgConnection, caller: &Caller, import: &Import) -> Result<()> {
    let data = json!({
        "number": import.number, "file_name": import.file_name, "removed": import.removed,
        "restored": import.restored, "left_alone": import.left_alone,
    });
    audit::write(
        conn,
        caller,
        &[change(Event::ImportUndone, import.id, data)],
    )
}

fn not_now(import: &Import, what: &str) -> Error {
    let is = match import.state {
        State::Draft => "is not checked yet",
        State::Checking => "is being checked",
        State::Checked => "has not run yet",
        State::Running => "is running",
        State::Done => "is done",
        State::Cancelled => "was stopped",
        State::Failed => "could not go on",
        State::Undoing => "is being undone",
        State::Undone => "was undone",
    };
    Error::Conflict(format!("Import {} {is}, so it can't {what}", import.number))
}
