//! Enrolling one lead by its number, with the rules of a file (contract §4).

use std::collections::BTreeSet;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::intake::by_turns;
use super::code::Code;
use super::decide::decide;
use super::ground::Ground;
use super::judge::{self, Read};
use super::past::Past;
use super::plan::Plan;
use super::row::{Fault, Given};
use super::starts::Starts;
use super::tally::Became;
use super::write::write;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Problem, Result};
use crate::leads::{self, Keys, Metadata, Patience};
use crate::workflows::RunStatus;

/// A lead that went into a workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct One {
    /// Its run.
    pub run_id: Uuid,
    /// Its number in E.164.
    pub phone_number: String,
    /// Its own keys, with those it had before.
    pub metadata: Metadata,
    /// The node it begins at.
    pub current_node_id: Option<Uuid>,
    /// Where its run is.
    pub status: RunStatus,
}

/// Enrols one lead; one that the account has already, by its number, is not copied.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such workflow;
/// [`Error::Invalid`]; [`Error::Conflict`] when the workflow is over, or the lead is in a workflow
/// already, or on the do-not-contact list.
pub fn enrol_one(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    given: Given,
) -> Result<One> {
    caller.require(Permission::WriteLeads)?;
    by_turns(conn, caller, [None], |conn, turns| {
        let plan = Plan::of_contract(Vec::new(), workflow_id, caller.account.duplicates.file);
        let ground = Ground::load(conn, caller, plan)?;
        let stated = given.lead(&ground.plan, &ground.terms).map_err(refused)?;
        let phone_number = stated.lead.phone.clone().unwrap_or_default();
        let keys = Keys::of(&stated.lead, &caller.account.default_country);
        let keys = keys.only(ground.plan.matches());
        let read = vec![Read::Lead(Box::new(stated))];
        let judged = judge::judge(conn, caller, &ground.catalogue, read)?;
        leads::hold_keys(conn, caller, &[keys], Patience::Waits)?;
        let mut past = Past::of_run(BTreeSet::new(), 0, Starts::at_once(caller.now));
        let decided = decide(conn, caller, &ground, &mut past, judged)?;
        let became = write(conn, caller, turns, decided, Event::LeadCreated)?.pop();
        let none = || Error::internal("one lead was given and none came back");
        let written = match became.ok_or_else(none)? {
            Became::Created(written) | Became::Updated(written) => written,
            Became::Skipped(fault, _) => return Err(Error::Conflict(fault.sentence.into_owned())),
            Became::Failed(fault) => return Err(refused(fault)),
        };
        let entrance = ground.entrance.ok_or_else(none)?;
        let lead = leads::hold(conn, caller, written.lead_id)?;
        Ok(One {
            run_id: written.run_id.ok_or_else(none)?,
            phone_number,
            metadata: lead.metadata_map(),
            current_node_id: entrance.entry.as_ref().map(|node| node.id),
            status: entrance.run_status(),
        })
    })
}

fn refused(fault: Fault) -> Error {
    let field = match fault.code {
        Code::BadRow => "body",
        _ => "phone_number",
    };
    Error::invalid(field, Problem::Said(fault.sentence))
}
