//! A lead's status, set by hand (contract §2).

use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::cadence::{End, Next};
use super::super::engine::{self, Ground, Then};
use super::super::words::{Category, RunStatus};
use super::super::workflow::Status;
use super::found::newest_run;
use super::reason::{reason as read, said};
use super::stop::call_off;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_runs, workflow_statuses};
use crate::error::{Error, Problem, Result};

/// What setting a status did.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusChange {
    /// Whether the lead had another before.
    pub changed: bool,
    /// The one it had.
    pub previous: Status,
    /// The one it has.
    pub new: Status,
    /// The run, live or over, and its workflow.
    pub run_id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// Whether the run ended with it.
    pub ended: bool,
}

/// Sets a lead's status in the workflow of its newest run. One that ends runs ends it, and what
/// was pending does not happen.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such lead;
/// [`Error::Conflict`] when it was never in a workflow, or not in this one;
/// [`Error::Invalid`] when the workflow has no such status, or the reason is not right.
pub fn set_status(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    key: &str,
    reason: Option<String>,
    workflow_id: Option<Uuid>,
) -> Result<StatusChange> {
    caller.require(Permission::WriteLeads)?;
    let why = said(caller, "set", read(reason)?.as_deref());
    conn.transaction(|conn| {
        let (lead, live) = engine::hold(conn, caller, lead_id)?;
        let (Some(in_workflow), Some(current)) = (lead.workflow_id, lead.status_key.as_deref())
        else {
            return Err(Error::Conflict(
                "The lead has never been in a workflow".into(),
            ));
        };
        if workflow_id.is_some_and(|id| id != in_workflow) {
            return Err(Error::Conflict("The lead is not in this workflow".into()));
        }
        let (previous, new) = statuses(conn, caller, in_workflow, current, key)?;
        let run_id = newest_run(conn, caller, lead_id)?;
        let ends = new.is_terminal && live.is_some();
        let change = StatusChange {
            changed: previous.key != new.key,
            previous,
            new,
            run_id,
            workflow_id: in_workflow,
            ended: ends,
        };
        match live {
            Some(live) if ends => end(conn, caller, live, &change.new, why)?,
            _ if change.changed => write(conn, caller, lead_id, &change, &why)?,
            _ => {}
        }
        Ok(change)
    })
}

/// The status a lead has and the one it is to get.
fn statuses(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    current: &str,
    key: &str,
) -> Result<(Status, Status)> {
    let all = Status::query()
        .filter(workflow_statuses::account_id.eq(caller.account.id))
        .filter(workflow_statuses::workflow_id.eq(workflow_id))
        .order(workflow_statuses::position)
        .load(conn)?;
    let of = |key: &str| all.iter().find(|one| one.key == key).cloned();
    let previous = of(current).ok_or_else(|| Error::internal("a lead's status is gone"))?;
    let new = of(key).ok_or_else(|| {
        let keys: Vec<&str> = all.iter().map(|one| one.key.as_str()).collect();
        let sentence = format!("status_key must be one of {}", keys.join(", "));
        Error::invalid("status_key", Problem::Said(sentence.into()))
    })?;
    Ok((previous, new))
}

/// The run ends with the status.
fn end(
    conn: &mut PgConnection,
    caller: &Caller,
    mut live: engine::Live,
    new: &Status,
    why: String,
) -> Result<()> {
    call_off(conn, caller, &mut live)?;
    let ground = Ground::load(conn, std::slice::from_ref(&live))?;
    let status = match new.category {
        Category::Won => RunStatus::Converted,
        Category::Lost => RunStatus::Dropped,
        Category::Open | Category::Active => RunStatus::Completed,
    };
    let next = Next::End(End {
        status,
        node: None,
        status_key: Some(new.key.clone()),
        why,
    });
    let mut turn = engine::leave(caller, &ground, &live, None, None, next, None);
    if let Then::Leave(leave) = &mut turn.then {
        leave.status_key = (new.key != live.run.status_key).then(|| new.key.clone());
    }
    engine::turns(conn, caller, &ground, &[turn])
}

/// Only the status changes.
fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    change: &StatusChange,
    why: &str,
) -> Result<()> {
    diesel::update(workflow_runs::table.find((caller.account.id, change.run_id)))
        .set(workflow_runs::status_key.eq(&change.new.key))
        .execute(conn)?;
    diesel::update(leads::table.find((caller.account.id, lead_id)))
        .set((
            leads::status_key.eq(&change.new.key),
            leads::revision.eq(leads::revision + 1),
            leads::updated_at.eq(caller.now),
        ))
        .execute(conn)?;
    let event = match change.new.category {
        Category::Won => Event::LeadConverted,
        _ => Event::LeadStatusChanged,
    };
    let entry = Change {
        event,
        subject: Subject::Lead,
        subject_id: lead_id,
        data: json!({
            "run_id": change.run_id, "reason": why,
            "changes": {"status": {"from": change.previous.key, "to": change.new.key}},
        }),
    };
    audit::write(conn, caller, &[entry])
}
