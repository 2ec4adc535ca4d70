//! Leads that are there already are changed, and go into a workflow.

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::admitted::{self, Begun};
use crate::audit;
use crate::caller::Caller;
use crate::do_not_contact::Cleared;
use crate::error::Result;
use crate::leads::{self, Merge, Placement};
use crate::workflows::{self, NewRun};

/// A lead that is there already, held.
pub(super) struct Joining {
    /// What changes of it.
    pub merge: Merge,
    /// Its run, when it goes into a workflow.
    pub run: Option<Entering>,
}

/// A lead on its way into a workflow.
pub(super) struct Entering {
    /// Its run.
    pub run: Begun,
    /// That it may be contacted.
    pub cleared: Cleared,
    /// What replaces the text of the first outreach.
    pub first_message: Option<String>,
}

impl Joining {
    /// The id of the run it begins.
    pub fn run_id(&self) -> Option<Uuid> {
        self.run.as_ref().map(|entering| entering.run.id)
    }
}

/// Writes the runs of leads that are there, what changes of them and their new place, inside the
/// caller's transaction: a handful of statements for any number of them, none for none.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub(super) fn join(conn: &mut PgConnection, caller: &Caller, joining: Vec<Joining>) -> Result<()> {
    let mut runs: Vec<NewRun<'_>> = Vec::new();
    let mut entries: Vec<audit::Change> = Vec::new();
    for one in &joining {
        let Some(entering) = &one.run else { continue };
        let run = &entering.run;
        runs.push(NewRun {
            id: run.id,
            step_id: run.step_id,
            cleared: &entering.cleared,
            owner_id: one.merge.owner_id(),
            entrance: &run.entrance,
            starts_at: run.starts_at,
            first_message: entering.first_message.as_deref(),
        });
        entries.push(admitted::enrolled(one.merge.lead_id(), run));
    }
    if !runs.is_empty() {
        workflows::begin(conn, caller, &runs)?;
    }
    let placed: Vec<(Merge, Option<Placement>)> = joining
        .into_iter()
        .map(|one| {
            let entering = one.run.as_ref();
            let place = entering.map(|entering| admitted::placement(&entering.run));
            (one.merge, place)
        })
        .collect();
    leads::place(conn, caller, &placed)?;
    audit::write(conn, caller, &entries)
}
