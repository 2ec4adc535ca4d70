//! Enrolling one lead by its number, with the rules of a file (contract §4).

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::code::Code;
use super::enrol::entrance;
use super::row::{Fault, Given};
use super::tally::Became;
use super::write::write;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Problem, Result};
use crate::leads::{self, Metadata};
use crate::telephony;
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
    conn.transaction(|conn| {
        let entrance = entrance(conn, caller, workflow_id)?;
        let rules = telephony::rules(conn, &caller.account)?;
        let lead = given
            .lead(&rules, entrance.reach(&rules))
            .map_err(refused)?;
        let phone_number = lead.phone.clone().unwrap_or_default();
        let mut resolved = leads::resolve(conn, caller, vec![lead])?;
        let none = || Error::internal("one lead was given and none came back");
        let resolved = resolved.pop().ok_or_else(none)??;
        leads::hold_numbers(conn, caller)?;
        let became = write(conn, caller, &entrance, vec![resolved])?.pop();
        let entered = match became.ok_or_else(none)? {
            Became::Created(entered) | Became::Updated(entered) => entered,
            Became::Skipped(fault, _) => return Err(Error::Conflict(fault.sentence.into_owned())),
            Became::Failed(fault) => return Err(refused(fault)),
        };
        let lead = leads::hold(conn, caller, entered.lead_id)?;
        Ok(One {
            run_id: entered.run_id,
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
