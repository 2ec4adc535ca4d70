//! Writing the leads of a batch: those that are there already go into the workflow, the others
//! come in with it.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::admitted::{self, Admitted, Begun};
use super::code::Code;
use super::row::Fault;
use super::tally::{Became, Entered};
use crate::audit;
use crate::caller::Caller;
use crate::do_not_contact::{self, By, Cleared, Contact};
use crate::error::{Error, Result};
use crate::leads::{self, Lead, Merge, Resolved};
use crate::workflows::{self, Entrance, NewRun};

/// A lead that is there already, on its way into the workflow.
struct Joining {
    merge: Merge,
    run: Begun,
    cleared: Cleared,
}

/// Writes a batch, whose leads all have different numbers, inside the caller's transaction: some
/// ten statements for any number of them. What became of each, in their order.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    entrance: &Arc<Entrance>,
    leads: Vec<Resolved>,
) -> Result<Vec<Became>> {
    let phones: Vec<&str> = leads
        .iter()
        .filter_map(|one| one.lead.phone.as_deref())
        .collect();
    let mut there = leads::by_phone(conn, caller, &phones)?;
    let ids: Vec<Uuid> = there.values().map(|lead| lead.id).collect();
    let enrolled = workflows::enrolled(conn, caller, entrance.workflow_id, &ids)?;
    let contacts: Vec<(Contact, By)> = leads
        .iter()
        .map(|lead| (contact(lead, &there), By::Anything))
        .collect();
    let passes = do_not_contact::gate(conn, caller.account.id, &contacts)?;
    let (mut coming, mut joining) = (Vec::new(), Vec::new());
    let mut written = Vec::with_capacity(leads.len());
    for (lead, pass) in leads.into_iter().zip(passes) {
        let phone = lead.lead.phone.as_deref().unwrap_or_default();
        let existing = there.remove(phone);
        written.push(match (pass, existing) {
            (_, Some(existing)) if enrolled.contains(&existing.id) => {
                let sentence = "The lead is in a workflow already, or was in this one";
                let fault = Fault::new(Code::AlreadyEnrolled, sentence, phone);
                Became::Skipped(fault, Some(existing.id))
            }
            (Err(_), existing) => {
                let sentence = "The lead is on the do-not-contact list";
                let fault = Fault::new(Code::DoNotContact, sentence, phone);
                Became::Skipped(fault, existing.map(|lead| lead.id))
            }
            (Ok(cleared), None) => {
                let run = Begun::at(entrance, caller.now);
                let entered = entered(&cleared, &run);
                coming.push(Admitted::enrolled(lead, cleared, run, None, caller.now));
                Became::Created(entered)
            }
            (Ok(cleared), Some(existing)) => match leads::merge(existing, lead.lead.metadata) {
                Err(Error::Invalid(errors)) => Became::Failed(Fault::of(&errors, "")),
                Err(error) => return Err(error),
                Ok(merge) => {
                    let run = Begun::at(entrance, caller.now);
                    let entered = entered(&cleared, &run);
                    joining.push(Joining {
                        merge,
                        run,
                        cleared,
                    });
                    Became::Updated(entered)
                }
            },
        });
    }
    admitted::write(conn, caller, coming.iter())?;
    join(conn, caller, entrance, joining)?;
    Ok(written)
}

fn entered(cleared: &Cleared, run: &Begun) -> Entered {
    Entered {
        lead_id: cleared.lead_id(),
        run_id: run.id,
    }
}

/// Whom the row would have the workflow reach: the lead that is there, at the row's number.
fn contact(lead: &Resolved, there: &HashMap<String, Lead>) -> Contact {
    let phone = lead.lead.phone.clone();
    let existing = phone.as_ref().and_then(|phone| there.get(phone));
    match existing {
        Some(existing) => Contact {
            lead_id: existing.id,
            phone,
            email: existing.email.clone(),
        },
        None => Contact {
            lead_id: lead.id,
            phone,
            email: lead.lead.email.clone(),
        },
    }
}

fn join(
    conn: &mut PgConnection,
    caller: &Caller,
    entrance: &Arc<Entrance>,
    joining: Vec<Joining>,
) -> Result<()> {
    if joining.is_empty() {
        return Ok(());
    }
    let runs: Vec<NewRun<'_>> = joining
        .iter()
        .map(|one| NewRun {
            id: one.run.id,
            step_id: one.run.step_id,
            cleared: &one.cleared,
            owner_id: one.merge.owner_id(),
            entrance,
            first_message: None,
        })
        .collect();
    workflows::begin(conn, caller, &runs)?;
    let entries: Vec<audit::Change> = joining
        .iter()
        .map(|one| admitted::enrolled(one.cleared.lead_id(), &one.run))
        .collect();
    let merges: Vec<Merge> = joining.into_iter().map(|one| one.merge).collect();
    leads::place(
        conn,
        caller,
        &admitted::placement(entrance, caller.now),
        &merges,
    )?;
    audit::write(conn, caller, &entries)
}
