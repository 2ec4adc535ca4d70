//! The life of a workflow: `draft → active ⇄ paused → completed | cancelled` (contract §3). What
//! follows for the leads that are in it is the worker's to see to.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::check::{check, surroundings};
use super::edit::{Held, hold};
use super::engine::SETTLES_WITHIN;
use super::graph;
use super::version;
use super::words::{Moves, WorkflowStatus};
use super::workflow::{Workflow, load};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::workflows;
use crate::error::{Error, Problem, Result};

/// Until when the worker sees to the leads of a workflow that moves now.
fn settles_at(caller: &Caller) -> DateTime<Utc> {
    caller.now + SETTLES_WITHIN
}

/// Lets a draft run, with its graph as the first version; publishes the edited graph of a workflow
/// that runs already, with what is said for the leads of older versions.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it can't be activated as it
/// stands; [`Error::Invalid`] with every fault of its graph in one sentence.
pub fn activate(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    moves: Moves,
) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        let held = hold(conn, caller, id)?;
        match held.status {
            WorkflowStatus::Draft => {
                let version = publish_graph(conn, caller, id, Moves::Stay)?;
                set_status(conn, caller, id, WorkflowStatus::Active)?;
                let data = json!({"version_id": version});
                note(conn, caller, Event::WorkflowActivated, id, data)?;
            }
            WorkflowStatus::Active if held.is_edited => {
                publish_held(conn, caller, id, moves)?;
            }
            WorkflowStatus::Active => {
                return Err(refused(
                    "The workflow is active already, and nothing was edited since",
                ));
            }
            WorkflowStatus::Paused => {
                return Err(refused("The workflow is paused; resume it instead"));
            }
            WorkflowStatus::Completed | WorkflowStatus::Cancelled => return Err(over(&held)),
        }
        load(conn, caller, id)
    })
}

/// Makes the edited graph of a workflow that was activated before what new leads take.
///
/// # Errors
/// As [`activate`].
pub fn publish(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    moves: Moves,
) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        let held = hold(conn, caller, id)?;
        match held.status {
            WorkflowStatus::Active | WorkflowStatus::Paused if held.is_edited => {
                publish_held(conn, caller, id, moves)?;
            }
            WorkflowStatus::Active | WorkflowStatus::Paused => {
                return Err(refused("Nothing was edited since the last version"));
            }
            WorkflowStatus::Draft => {
                return Err(refused("The workflow is a draft; activate it instead"));
            }
            WorkflowStatus::Completed | WorkflowStatus::Cancelled => return Err(over(&held)),
        }
        load(conn, caller, id)
    })
}

/// Holds an active workflow: nothing fires until it is resumed.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it does not run.
pub fn pause(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    let to = WorkflowStatus::Paused;
    turn(conn, caller, id, to, |held| match held.status {
        WorkflowStatus::Active => Ok(Event::WorkflowPaused),
        WorkflowStatus::Paused => Err(refused("The workflow is paused already")),
        WorkflowStatus::Draft => Err(refused(
            "The workflow is a draft; there is nothing to pause",
        )),
        WorkflowStatus::Completed | WorkflowStatus::Cancelled => Err(over(held)),
    })
}

/// Lets a paused workflow go on; what was left of each wait is waited out.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it is not paused.
pub fn resume(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    let to = WorkflowStatus::Active;
    turn(conn, caller, id, to, |held| match held.status {
        WorkflowStatus::Paused => Ok(Event::WorkflowResumed),
        WorkflowStatus::Active => Err(refused("The workflow is not paused")),
        WorkflowStatus::Draft => Err(refused("The workflow is a draft; activate it instead")),
        WorkflowStatus::Completed | WorkflowStatus::Cancelled => Err(over(held)),
    })
}

/// Ends a workflow that has done its work: it takes no more leads.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] when it was never activated or
/// is over.
pub fn complete(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    end(conn, caller, id, WorkflowStatus::Completed)
}

/// Gives a workflow up: it takes no more leads.
///
/// # Errors
/// As [`complete`].
pub fn cancel(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Workflow> {
    end(conn, caller, id, WorkflowStatus::Cancelled)
}

fn end(conn: &mut PgConnection, caller: &Caller, id: Uuid, to: WorkflowStatus) -> Result<Workflow> {
    turn(conn, caller, id, to, |held| match held.status {
        WorkflowStatus::Active | WorkflowStatus::Paused => Ok(match to {
            WorkflowStatus::Completed => Event::WorkflowCompleted,
            _ => Event::WorkflowCancelled,
        }),
        WorkflowStatus::Draft => Err(refused(
            "The workflow is a draft, which has not begun; delete it instead",
        )),
        WorkflowStatus::Completed | WorkflowStatus::Cancelled => Err(over(held)),
    })
}

/// Moves a workflow on when `may` has an event for it.
fn turn(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    to: WorkflowStatus,
    may: impl FnOnce(&Held) -> Result<Event>,
) -> Result<Workflow> {
    caller.require(Permission::WriteWorkflows)?;
    conn.transaction(|conn| {
        let held = hold(conn, caller, id)?;
        let event = may(&held)?;
        set_status(conn, caller, id, to)?;
        let data = json!({"status": {"from": held.status, "to": to}});
        note(conn, caller, event, id, data)?;
        load(conn, caller, id)
    })
}

fn set_status(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    status: WorkflowStatus,
) -> Result<()> {
    let paused_at = (status == WorkflowStatus::Paused).then_some(caller.now);
    diesel::update(workflows::table.find((caller.account.id, id)))
        .set((
            workflows::status.eq(status),
            workflows::paused_at.eq(paused_at),
            workflows::settles_at.eq(settles_at(caller)),
            workflows::updated_at.eq(caller.now),
        ))
        .execute(conn)?;
    Ok(())
}

fn publish_held(conn: &mut PgConnection, caller: &Caller, id: Uuid, moves: Moves) -> Result<()> {
    let version = publish_graph(conn, caller, id, moves)?;
    diesel::update(workflows::table.find((caller.account.id, id)))
        .set((
            workflows::settles_at.eq(settles_at(caller)),
            workflows::updated_at.eq(caller.now),
        ))
        .execute(conn)?;
    let data = json!({"version_id": version, "running_leads": moves});
    note(conn, caller, Event::WorkflowPublished, id, data)
}

/// Publishes the graph as it is edited, unless something is wrong with it.
fn publish_graph(conn: &mut PgConnection, caller: &Caller, id: Uuid, moves: Moves) -> Result<Uuid> {
    let workflow = load(conn, caller, id)?;
    let graph = graph::load(conn, caller, &[id])?.pop();
    let mut graph = graph.map(|(_, graph)| graph).unwrap_or_default();
    let checked = check(&graph, &surroundings(conn, caller, &workflow)?);
    if !checked.faults.is_empty() {
        let sentence = checked.sentence();
        return Err(Error::invalid("nodes", Problem::Said(sentence.into())));
    }
    version::publish(conn, caller, id, &mut graph, moves)
}

fn over(held: &Held) -> Error {
    refused(&format!("The workflow is {} and stays so", held.status))
}

fn refused(sentence: &str) -> Error {
    Error::Conflict(sentence.to_owned())
}

/// Writes to the audit what became of a workflow.
pub(super) fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    event: Event,
    subject_id: Uuid,
    data: serde_json::Value,
) -> Result<()> {
    let subject = Subject::Workflow;
    audit::write(
        conn,
        caller,
        &[Change {
            event,
            subject,
            subject_id,
            data,
        }],
    )
}
