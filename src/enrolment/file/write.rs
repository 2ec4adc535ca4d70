//! Writing what was decided of a batch.

use diesel::pg::PgConnection;

use super::super::admitted;
use super::super::joining::join;
use super::decide::Decided;
use super::tally::Became;
use crate::audit::Event;
use crate::caller::Caller;
use crate::error::Result;
use crate::rotations::Turns;

/// Writes a batch, inside the caller's transaction: some ten statements for any number of rows.
/// What became of each, in their order. `came` is told of those that are new.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    turns: &mut Turns,
    mut decided: Decided,
    came: Event,
) -> Result<Vec<Became>> {
    admitted::give_out(conn, caller, turns, decided.coming.iter_mut())?;
    admitted::write(conn, caller, decided.coming.iter(), came)?;
    join(conn, caller, decided.joining)?;
    Ok(decided.became)
}
