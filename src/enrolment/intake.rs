//! New leads come in, alone or by the thousand, into a workflow or into none.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::admitted::{Admitted, Begun, Taken, write};
use super::comer::{self, Checked};
use super::passes::Passes;
use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::leads::NewLead;

/// A lead that wants to come in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Intake {
    /// The lead.
    pub lead: NewLead,
    /// The workflow it goes into.
    pub workflow_id: Option<Uuid>,
    /// What replaces the text of the first outreach, at most 10,000 characters; only with a
    /// workflow.
    pub first_message: Option<String>,
}

/// Takes leads in, each on its own: a broken one is an error in its place and never undoes a good
/// one. All good ones are written together with their runs and audit entries, in one transaction
/// of at most eleven statements however many they are. Nobody asks whether the account has them
/// already.
///
/// # Errors
/// [`Error::Forbidden`], and [`Error::Internal`], for all of them. In a lead's place:
/// [`Error::Invalid`]; [`Error::NotFound`] when the account has no such workflow;
/// [`Error::Conflict`] when the workflow is over, or the lead is on the do-not-contact list.
///
/// [`Error::Forbidden`]: crate::error::Error::Forbidden
/// [`Error::Internal`]: crate::error::Error::Internal
/// [`Error::Invalid`]: crate::error::Error::Invalid
/// [`Error::NotFound`]: crate::error::Error::NotFound
/// [`Error::Conflict`]: crate::error::Error::Conflict
pub fn take_in(
    conn: &mut PgConnection,
    caller: &Caller,
    intakes: Vec<Intake>,
) -> Result<Vec<Result<Taken>>> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let (comers, entrances) = comer::read(conn, caller, intakes)?;
        let country = &caller.account.default_country;
        let contacts = comers.iter().filter_map(|comer| comer.contact(country));
        let mut passes = Passes::ask(conn, caller, contacts)?;
        let results: Vec<Result<Admitted>> = comers
            .into_iter()
            .map(|comer| admit(caller, comer.checked(&entrances)?, &mut passes))
            .collect();
        write(conn, caller, results.iter().flatten())?;
        Ok(results
            .into_iter()
            .map(|result| result.map(|admitted| admitted.taken))
            .collect())
    })
}

/// A new lead at its place in the workflow.
///
/// # Errors
/// [`crate::error::Error::Conflict`] when it is on the do-not-contact list.
pub(super) fn admit(caller: &Caller, checked: Checked, passes: &mut Passes) -> Result<Admitted> {
    let Checked {
        lead,
        entrance,
        first_message,
    } = checked;
    let Some(entrance) = entrance else {
        return Ok(Admitted::without_workflow(lead));
    };
    let cleared = passes.take(caller, lead.id)?;
    let run = Begun::at(&entrance, caller.now, caller.now);
    Ok(Admitted::enrolled(lead, cleared, run, first_message))
}
