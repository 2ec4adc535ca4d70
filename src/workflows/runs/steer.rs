//! A person moves a run: its step runs now, later or not at all, or the run goes to another node.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde_json::json;
use uuid::Uuid;

use super::super::cadence;
use super::super::engine::{self, Ground, Live, OpenStep, Stay, Then, Turn};
use super::super::graph::silence;
use super::super::words::{RunStatus, StepState, WorkflowStatus};
use super::reason::{reason as read, said};
use super::stop::call_off;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::error::{Error, Noun, Problem, Result};

/// How far ahead a step can be put off, or a call-back promised.
pub const FURTHEST: TimeDelta = TimeDelta::days(366);

/// Lets the step a lead is at happen now, whatever it waits for; contact hours still hold. A run
/// that was handed back without its cadence goes on with it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] when nothing can be run.
pub fn run_now(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<()> {
    moved(
        conn,
        caller,
        lead_id,
        "run now",
        None,
        |_, ground, live, step| {
            if step.state != StepState::Scheduled {
                return Err(Error::Conflict(format!(
                    "“{}” is under way already",
                    step.label
                )));
            }
            Ok(stay(
                ground,
                live,
                step,
                caller.now,
                said(caller, "run now", None),
            ))
        },
    )
}

/// Puts off the step a lead is at.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] when nothing can be put off;
/// [`Error::Invalid`] when the instant is past or more than a year ahead.
pub fn snooze(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    until: DateTime<Utc>,
) -> Result<()> {
    if until <= caller.now || until > caller.now + FURTHEST {
        let sentence = "until must be in the future, at most a year ahead";
        return Err(Error::invalid("until", Problem::Said(sentence.into())));
    }
    moved(
        conn,
        caller,
        lead_id,
        "put off",
        None,
        |_, ground, live, step| {
            if step.state == StepState::Sent {
                return Err(Error::Conflict(format!(
                    "“{}” was handed over already",
                    step.label
                )));
            }
            Ok(stay(
                ground,
                live,
                step,
                until,
                said(caller, "put off", None),
            ))
        },
    )
}

/// Leaves out the step a lead is at: it goes on as if it had been silent.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] when there is none.
pub fn skip_step(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    reason: Option<String>,
) -> Result<()> {
    let reason = read(reason)?;
    let why = said(caller, "left out", reason.as_deref());
    moved(
        conn,
        caller,
        lead_id,
        "left out",
        reason,
        |_, ground, live, step| {
            let (place, heir) = ground.place(live).ok_or_else(unpublished)?;
            let moment = ground.moment(live, caller.now)?;
            let next = cadence::skipped(place, silence(step.node_type), moment);
            let outcome = Some("SKIPPED".to_owned());
            let turn = engine::leave(caller, ground, live, heir, outcome, next, None);
            Ok(turn.because(why.clone()))
        },
    )
}

/// Sends a lead's run to another node of its version.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the version has no such node;
/// [`Error::Conflict`] when the lead is in no workflow.
pub fn move_to(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    node_id: Uuid,
) -> Result<()> {
    let why = said(caller, "moved", None);
    moved(
        conn,
        caller,
        lead_id,
        "moved",
        None,
        |_, ground, live, _| {
            let (place, heir) = ground.place(live).ok_or_else(unpublished)?;
            let node = place
                .graph
                .node(node_id)
                .ok_or(Error::NotFound(Noun::Node))?;
            let moment = ground.moment(live, caller.now)?;
            let next = cadence::arrive(node, moment);
            let outcome = Some("MOVED".to_owned());
            let turn = engine::leave(caller, ground, live, heir, outcome, next, None);
            Ok(turn.because(why.clone()))
        },
    )
}

fn unpublished() -> Error {
    Error::Conflict("The workflow has not been activated yet; its leads wait".into())
}

/// The same step, at another time.
fn stay<'a>(
    ground: &Ground,
    live: &'a Live,
    step: &OpenStep,
    due_at: DateTime<Utc>,
    why: String,
) -> Turn<'a> {
    debug_assert!(step.state != StepState::Done);
    Turn {
        live,
        heir: None,
        then: Then::Stay(Stay {
            state: StepState::Scheduled,
            due_at,
            ready_at: None,
            wake_at: due_at,
            why: Some(why),
            owner_id: ground.worker(live),
        }),
    }
}

/// Holds a lead, turns the step it is at, and tells the audit.
fn moved(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    how: &str,
    reason: Option<String>,
    turn: impl for<'a> FnOnce(&Caller, &Ground, &'a Live, &OpenStep) -> Result<Turn<'a>>,
) -> Result<()> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let mut live = live.ok_or_else(|| Error::Conflict("The lead is in no workflow".into()))?;
        if live.run.status == RunStatus::Paused {
            let sentence = "The lead is in a person's hands; resume its workflow first";
            return Err(Error::Conflict(sentence.into()));
        }
        if live.workflow.status != WorkflowStatus::Active {
            let (name, status) = (&live.workflow.name, live.workflow.status);
            return Err(Error::Conflict(format!(
                "The workflow “{name}” is {status}"
            )));
        }
        call_off(conn, caller, &mut live)?;
        let ground = Ground::load(conn, std::slice::from_ref(&live))?;
        let step = live.step.as_ref().ok_or_else(unpublished)?;
        let turned = turn(caller, &ground, &live, step)?;
        engine::turns(conn, caller, &ground, &[turned])?;
        let entry = Change {
            event: Event::RunMoved,
            subject: Subject::Lead,
            subject_id: lead_id,
            data: json!({
                "run_id": live.run.id, "how": how, "step": step.label, "reason": reason,
                "workflow": {"id": live.run.workflow_id, "name": live.workflow.name},
            }),
        };
        audit::write(conn, caller, &[entry])
    })
}
