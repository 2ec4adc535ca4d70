//! Writing what was decided of a batch.

use diesel::pg::PgConnection;

use super::super::admitted;
use super::decide::{Decided, Joining};
use super::tally::Became;
use crate::audit;
use crate::caller::Caller;
use crate::error::Result;
use crate::leads::{self, Merge, Placement};
use crate::workflows::{self, NewRun};

/// Writes a batch, inside the caller's transaction: some ten statements for any number of rows.
/// What became of each, in their order.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn write(conn: &mut PgConnection, caller: &Caller, decided: Decided) -> Result<Vec<Became>> {
    let Decided {
        became,
        coming,
        joining,
    } = decided;
    admitted::write(conn, caller, coming.iter())?;
    join(conn, caller, joining)?;
    Ok(became)
}

fn join(conn: &mut PgConnection, caller: &Caller, joining: Vec<Joining>) -> Result<()> {
    let runs: Vec<NewRun<'_>> = joining
        .iter()
        .filter_map(|one| {
            let (run, cleared) = one.run.as_ref()?;
            Some(NewRun {
                id: run.id,
                step_id: run.step_id,
                cleared,
                owner_id: one.merge.owner_id(),
                entrance: &run.entrance,
                starts_at: run.starts_at,
                first_message: None,
            })
        })
        .collect();
    let entries: Vec<audit::Change> = joining
        .iter()
        .filter_map(|one| {
            Some(admitted::enrolled(
                one.merge.lead_id(),
                &one.run.as_ref()?.0,
            ))
        })
        .collect();
    if !runs.is_empty() {
        workflows::begin(conn, caller, &runs)?;
    }
    let merges: Vec<(Merge, Option<Placement>)> = joining
        .into_iter()
        .map(|one| {
            let placement = one.placement();
            (one.merge, placement)
        })
        .collect();
    leads::place(conn, caller, &merges)?;
    audit::write(conn, caller, &entries)
}
