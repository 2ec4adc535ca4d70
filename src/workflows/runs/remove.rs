//! A lead is taken out of its workflow.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::cadence::{End, Next};
use super::super::engine::{self, Ground, Live};
use super::super::words::RunStatus;
use super::found::find_run_in;
use super::reason::{reason as read, said};
use super::stop::call_off;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Result};

/// Takes a lead out of the workflow it is in.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such lead;
/// [`Error::Conflict`] when it is in none; [`Error::Invalid`] when the reason is not right.
pub fn remove(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    reason: Option<String>,
) -> Result<()> {
    caller.require(Permission::WriteLeads)?;
    let why = said(caller, "taken out", read(reason)?.as_deref());
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let live = live.ok_or_else(|| Error::Conflict("The lead is in no workflow".into()))?;
        end(conn, caller, live, why)
    })
}

/// Takes the lead of a run out of its workflow.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the workflow has no such run;
/// [`Error::Conflict`] when it is over.
pub fn remove_run(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    run_id: Uuid,
) -> Result<()> {
    caller.require(Permission::WriteLeads)?;
    let run = find_run_in(conn, caller, workflow_id, run_id)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, run.lead_id)?;
        let live = live.filter(|live| live.run.id == run_id);
        let live = live.ok_or_else(|| Error::Conflict("The lead's run is already over".into()))?;
        end(conn, caller, live, said(caller, "taken out", None))
    })
}

/// Ends a held run; what was queued to leave does not leave.
pub fn end(conn: &mut PgConnection, caller: &Caller, mut live: Live, why: String) -> Result<()> {
    call_off(conn, caller, &mut live)?;
    let ground = Ground::load(conn, std::slice::from_ref(&live))?;
    let next = Next::End(End {
        status: RunStatus::Removed,
        node: None,
        status_key: None,
        why,
    });
    let turn = engine::leave(caller, &ground, &live, None, None, next, None);
    engine::turns(conn, caller, &ground, &[turn])
}
