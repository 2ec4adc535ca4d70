//! The outcome of a task.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::engine;
use super::super::runs::{Report, Reported, checked, find_run, record};
use crate::caller::{Caller, Permission};
use crate::db::schema::{attempts, workflow_run_steps};
use crate::error::{Error, Noun, Result};
use crate::leads;

/// Records what came of a step. One that is over is not recorded twice.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such step;
/// [`Error::Invalid`]; [`Error::Conflict`] when it is over, with who recorded what.
pub fn report_step(
    conn: &mut PgConnection,
    caller: &Caller,
    step_id: Uuid,
    report: Report,
) -> Result<Reported> {
    caller.require(Permission::WriteLeads)?;
    let report = checked(caller, report)?;
    let run_id: Option<Uuid> = workflow_run_steps::table
        .find((caller.account.id, step_id))
        .select(workflow_run_steps::run_id)
        .first(conn)
        .optional()?;
    let run = find_run(conn, caller, run_id.ok_or(Error::NotFound(Noun::Run))?)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, run.lead_id)?;
        let live = live.filter(|live| live.step.as_ref().is_some_and(|step| step.id == step_id));
        let Some(live) = live else {
            return Err(over(conn, caller, step_id)?);
        };
        let followed = record(conn, caller, &live, &report)?;
        Ok(Reported::of(run, step_id, report.outcome, followed))
    })
}

/// Who recorded what of a step that is over.
fn over(conn: &mut PgConnection, caller: &Caller, step_id: Uuid) -> Result<Error> {
    let recorded: Option<(String, Option<String>)> = attempts::table
        .find((caller.account.id, step_id))
        .select((attempts::author, attempts::outcome))
        .first(conn)
        .optional()?;
    let sentence = match recorded {
        Some((author, Some(outcome))) => {
            let said = super::super::cadence::said::outcome(&outcome);
            let mut names = leads::names(conn, caller, Vec::new(), vec![&author])?;
            let author = names.by_email.remove(&author).unwrap_or(author);
            format!("{author} has already recorded “{said}”; this was not recorded again")
        }
        _ => "This step is over; nothing was recorded".to_owned(),
    };
    Ok(Error::Conflict(sentence))
}
