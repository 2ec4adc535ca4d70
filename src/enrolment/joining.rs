//! Leads that are there already go into a workflow.

use std::sync::Arc;

use diesel::pg::PgConnection;

use super::admitted::{self, Begun};
use crate::audit;
use crate::caller::Caller;
use crate::do_not_contact::Cleared;
use crate::error::Result;
use crate::leads::{self, Added, How, Lead, Merge, Placement};
use crate::workflows::{self, NewRun};

/// A lead that is there already, on its way into a workflow.
pub(super) struct Joining {
    /// The lead, held.
    pub lead: Arc<Lead>,
    /// Its run.
    pub run: Begun,
    /// That it may be contacted.
    pub cleared: Cleared,
    /// What replaces the text of the first outreach.
    pub first_message: Option<String>,
}

/// Writes the runs of leads that are there, and their new place, inside the caller's transaction:
/// four statements for any number of them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub(super) fn join(conn: &mut PgConnection, caller: &Caller, joining: &[Joining]) -> Result<()> {
    if joining.is_empty() {
        return Ok(());
    }
    let runs = joining.iter().map(|one| NewRun {
        id: one.run.id,
        step_id: one.run.step_id,
        cleared: &one.cleared,
        owner_id: one.lead.owner_id,
        entrance: &one.run.entrance,
        starts_at: one.run.starts_at,
        first_message: one.first_message.as_deref(),
    });
    let runs: Vec<NewRun<'_>> = runs.collect();
    workflows::begin(conn, caller, &runs)?;
    let merge = |one: &Joining| {
        let merge = leads::merge(&one.lead, Added::default(), How::Keys)?;
        Ok((merge, Some(admitted::placement(&one.run))))
    };
    let placed: Vec<(Merge, Option<Placement>)> =
        joining.iter().map(merge).collect::<Result<_>>()?;
    leads::place(conn, caller, &placed)?;
    let entries = joining.iter();
    let entries = entries.map(|one| admitted::enrolled(one.lead.id, &one.run));
    let entries: Vec<audit::Change> = entries.collect();
    audit::write(conn, caller, &entries)
}
