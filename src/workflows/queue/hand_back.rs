//! Giving a task back, now or for later.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::engine::{self, Ground, Stay, Then, Turn};
use super::super::runs;
use super::super::words::StepState;
use super::next::person;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::Caller;
use crate::db::schema::{leads, workflow_run_steps, workflow_runs};
use crate::error::{Error, Noun, Problem, Result};

/// How long a skipped task stays away.
const SKIPPED_FOR: TimeDelta = TimeDelta::hours(1);

/// Gives back a task that a person has before them; nothing when they have it no more.
///
/// # Errors
/// [`Error::Forbidden`] for who may not work leads, or is no person.
pub fn release(conn: &mut PgConnection, caller: &Caller, step_id: Uuid) -> Result<()> {
    let person = person(caller)?;
    let theirs = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::id.eq(step_id))
        .filter(workflow_run_steps::claimed_by_id.eq(person.id));
    diesel::update(theirs)
        .set((
            workflow_run_steps::claimed_by_id.eq(None::<Uuid>),
            workflow_run_steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts a task off for an hour. The reason is kept on the step and with the lead.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Invalid`] without a reason that is right;
/// [`Error::Conflict`] when it is no task any more.
pub fn skip(conn: &mut PgConnection, caller: &Caller, step_id: Uuid, reason: &str) -> Result<()> {
    let person = person(caller)?.clone();
    let given = runs::reason(Some(reason.to_owned()))?;
    let reason = given.ok_or_else(|| Error::invalid("reason", Problem::Required))?;
    let lead_id = lead_of(conn, caller, step_id)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let gone = || Error::Conflict("This task is over, or a colleague has it".into());
        let live = live.ok_or_else(gone)?;
        let step = live.step.as_ref().filter(|step| {
            let free = step.claim_ends_at.is_none_or(|ends| ends <= caller.now);
            step.id == step_id
                && step.state == StepState::Task
                && (free || step.claimed_by_id == Some(person.id))
        });
        let step = step.ok_or_else(gone)?;
        let ground = Ground::load(conn, std::slice::from_ref(&live))?;
        let until = caller.now + SKIPPED_FOR;
        let turn = Turn {
            live: &live,
            heir: None,
            then: Then::Stay(Stay {
                state: StepState::Scheduled,
                due_at: until,
                ready_at: None,
                wake_at: until,
                why: Some(format!("skipped by {}: {reason}", person.name)),
                owner_id: ground.worker(&live),
            }),
        };
        engine::turns(conn, caller, &ground, &[turn])?;
        let entry = Change {
            event: Event::RunMoved,
            subject: Subject::Lead,
            subject_id: lead_id,
            data: json!({
                "run_id": live.run.id, "how": "skipped", "step": step.label, "reason": reason,
                "workflow": {"id": live.run.workflow_id, "name": live.workflow.name},
            }),
        };
        audit::write(conn, caller, &[entry])
    })
}

/// The lead of a step, when the caller sees it.
pub(super) fn lead_of(conn: &mut PgConnection, caller: &Caller, step_id: Uuid) -> Result<Uuid> {
    let of_run = workflow_runs::account_id
        .eq(workflow_run_steps::account_id)
        .and(workflow_runs::id.eq(workflow_run_steps::run_id));
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let found: Option<(Uuid, Option<Uuid>, Option<Uuid>)> = workflow_run_steps::table
        .inner_join(workflow_runs::table.on(of_run))
        .inner_join(leads::table.on(of_lead))
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::id.eq(step_id))
        .select((leads::id, leads::owner_id, leads::team_id))
        .first(conn)
        .optional()?;
    found
        .filter(|(_, owner_id, team_id)| caller.sees.lead(*owner_id, *team_id))
        .map(|(id, ..)| id)
        .ok_or(Error::NotFound(Noun::Run))
}
