//! A person takes a lead over: nothing fires until they hand it back (contract §2).

use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::engine::{self, Ground, Live};
use super::super::words::{AttemptState, RunStatus, StepState};
use super::reason::{reason, said};
use crate::caller::{Caller, Permission};
use crate::db::schema::{attempts, workflow_runs};
use crate::error::Result;
use crate::leads;

/// What stopping did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// The run.
    pub run_id: Uuid,
    /// Whether it had been stopped before, so that nothing changed.
    pub already: bool,
    /// How many steps and messages that waited were called off.
    pub tasks_cancelled: usize,
}

/// Stops a lead's live run where it is; nothing when it has none. What was queued to leave does
/// not leave.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no
/// such lead; [`crate::error::Error::Invalid`] when `why` is not right.
pub fn stop_automation(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    workflow_id: Option<Uuid>,
    why: Option<String>,
) -> Result<Option<Stopped>> {
    caller.require(Permission::WriteLeads)?;
    let why = said(caller, "stopped", reason(why)?.as_deref());
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let Some(mut live) = live.filter(|live| is_of(live, workflow_id)) else {
            return Ok(None);
        };
        let run_id = live.run.id;
        let stopped = |already, tasks_cancelled| Stopped {
            run_id,
            already,
            tasks_cancelled,
        };
        if live.run.status == RunStatus::Paused {
            return Ok(Some(stopped(true, 0)));
        }
        let ground = Ground::load(conn, std::slice::from_ref(&live))?;
        let queued = call_off(conn, caller, &mut live)?;
        let turn = engine::pause(&live, why);
        engine::turns(conn, caller, &ground, &[turn])?;
        let step = usize::from(
            live.step
                .as_ref()
                .is_some_and(|step| step.wake_at.is_some()),
        );
        Ok(Some(stopped(false, step.max(queued))))
    })
}

/// Whether a lead is in a person's hands.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::NotFound`] when the account has no
/// such lead.
pub fn is_paused(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<bool> {
    leads::find(conn, caller, lead_id)?;
    let paused = workflow_runs::table
        .filter(workflow_runs::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .filter(workflow_runs::status.eq(RunStatus::Paused));
    Ok(diesel::select(diesel::dsl::exists(paused)).get_result(conn)?)
}

/// Whether a run is of a workflow, when one is asked for.
pub fn is_of(live: &Live, workflow_id: Option<Uuid>) -> bool {
    workflow_id.is_none_or(|id| live.run.workflow_id == id)
}

/// Calls off what waits to be handed over of a held run, as if it had never been due; how many
/// messages that were.
pub fn call_off(conn: &mut PgConnection, caller: &Caller, live: &mut Live) -> Result<usize> {
    let waiting = attempts::table
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::run_id.eq(live.run.id))
        .filter(attempts::state.eq(AttemptState::Queued));
    let called_off = diesel::delete(waiting).execute(conn)?;
    if let Some(step) = live.step.as_mut().filter(|_| called_off > 0) {
        step.state = StepState::Scheduled;
    }
    Ok(called_off)
}
