//! A lead that is there already goes into a workflow, or into another one (contract §2).

use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::engine;
use super::super::run::{NewRun, begin, entrances};
use super::super::words::WorkflowStatus;
use super::reason::{reason as read, said};
use super::remove::end;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::leads;
use crate::do_not_contact::{self, By, Contact};
use crate::error::{Error, Noun, Problem, Result};
use crate::ids;

/// A lead that went into a workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its new run.
    pub run_id: Uuid,
    /// The workflow.
    pub workflow_id: Uuid,
    /// Its name.
    pub workflow_name: String,
    /// Whether it left another for it.
    pub was_elsewhere: bool,
    /// Whether the workflow does not run now, so that the lead waits.
    pub waits: bool,
}

/// Puts a lead into a workflow. A live run is ended with the reason and replaced.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such lead or workflow;
/// [`Error::Conflict`] when the workflow is over, or the lead is archived or on the
/// do-not-contact list; [`Error::Invalid`] when the workflow calls and the lead has no phone, or
/// the reason is not right.
pub fn assign(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    workflow_id: Uuid,
    reason: Option<String>,
) -> Result<Assigned> {
    caller.require(Permission::WriteLeads)?;
    let reason = read(reason)?;
    conn.transaction(|conn| {
        let (lead, live) = engine::hold(conn, caller, lead_id)?;
        let mut found = entrances(conn, caller, &[workflow_id])?;
        let entrance = found
            .remove(&workflow_id)
            .ok_or(Error::NotFound(Noun::Workflow))?;
        entrance.check_takes_leads()?;
        if lead.archived_at.is_some() {
            return Err(Error::Conflict(
                "The lead is archived; bring it back first".into(),
            ));
        }
        if entrance.has_calls && lead.phone.is_none() {
            return Err(Error::invalid("phone", Problem::RequiredForCalls));
        }
        let contact = Contact {
            lead_id,
            phone: lead.phone_e164.clone(),
            email: lead.email.clone(),
        };
        let mut passes = do_not_contact::gate(conn, caller.account.id, &[(contact, By::Anything)])?;
        let cleared = match passes.pop() {
            Some(Ok(cleared)) => cleared,
            Some(Err(entry)) => {
                return Err(Error::Conflict(entry.sentence(caller.account.time_zone)));
            }
            None => return Err(Error::internal("the gate gave no answer")),
        };
        let was_elsewhere = live.is_some();
        if let Some(live) = live {
            end(
                conn,
                caller,
                live,
                said(caller, "sent to another workflow", reason.as_deref()),
            )?;
        }
        let run_id = ids::new(caller.now);
        let run = NewRun {
            id: run_id,
            step_id: ids::new(caller.now),
            owner_id: lead.owner_id,
            entrance: &entrance,
            starts_at: caller.now,
            first_message: None,
            cleared: &cleared,
        };
        begin(conn, caller, &[run])?;
        diesel::update(leads::table.find((caller.account.id, lead_id)))
            .set((
                leads::workflow_id.eq(workflow_id),
                leads::status_key.eq(&entrance.status_key),
                leads::next_action_at.eq(entrance.first_due(caller.now)),
                leads::revision.eq(leads::revision + 1),
                leads::updated_at.eq(caller.now),
            ))
            .execute(conn)?;
        let enrolled = Change {
            event: Event::LeadEnrolled,
            subject: Subject::Lead,
            subject_id: lead_id,
            data: json!({
                "run_id": run_id, "reason": reason,
                "workflow": {"id": workflow_id, "name": entrance.name},
            }),
        };
        audit::write(conn, caller, &[enrolled])?;
        Ok(Assigned {
            run_id,
            workflow_id,
            waits: entrance.status != WorkflowStatus::Active,
            workflow_name: entrance.name,
            was_elsewhere,
        })
    })
}
