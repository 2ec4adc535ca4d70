//! New leads come in, alone or by the thousand, into a workflow or into none.

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::admitted::{Admitted, Begun, Taken, give_out, write};
use super::comer::{self, Checked};
use super::passes::Passes;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Result};
use crate::leads::NewLead;
use crate::rotations::{self, Turns};

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
    /// Whether it has to name a team, and a lead source of it, as far as there are any
    /// ([`crate::teams::Requirement`]).
    pub must_belong: bool,
}

/// Takes leads in, each on its own: a broken one is an error in its place and never undoes a good
/// one. Whose owner nobody names goes to whoever's turn it is. All good ones are written together with
/// their runs and audit entries, in one transaction of at most twelve statements however many they are. Nobody asks whether the account has them
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
    by_turns(conn, caller, unowned(&intakes), |conn, turns| {
        let (comers, entrances) = comer::read(conn, caller, intakes)?;
        let country = &caller.account.default_country;
        let contacts = comers.iter().filter_map(|comer| comer.contact(country));
        let mut passes = Passes::ask(conn, caller, contacts)?;
        let mut results: Vec<Result<Admitted>> = comers
            .into_iter()
            .map(|comer| admit(caller, comer.checked(&entrances)?, &mut passes))
            .collect();
        give_out(conn, caller, turns, results.iter_mut().flatten())?;
        write(conn, caller, results.iter().flatten(), Event::LeadCreated)?;
        Ok(results
            .into_iter()
            .map(|result| result.map(|admitted| admitted.taken))
            .collect())
    })
}

/// The teams of those whose owner nobody names.
pub(super) fn unowned(intakes: &[Intake]) -> Vec<Option<Uuid>> {
    let unowned = intakes.iter().filter(|one| one.lead.owner.is_none());
    unowned.map(|one| one.lead.team_id).collect()
}

/// Draws turns for leads of these teams, then lets them in, in one transaction; what turns are not
/// taken goes back with it, and all of them when it fails.
pub(super) fn by_turns<T, E>(
    conn: &mut PgConnection,
    caller: &Caller,
    teams: impl IntoIterator<Item = Option<Uuid>>,
    let_in: impl FnOnce(&mut PgConnection, &mut Turns) -> Result<T, E>,
) -> Result<T, E>
where
    E: From<Error> + From<diesel::result::Error>,
{
    let mut turns = rotations::draw(conn, caller, teams)?;
    let done = conn.transaction(|conn| {
        let done = let_in(conn, &mut turns)?;
        turns.give_back(conn, caller)?;
        Ok(done)
    });
    if done.is_err() {
        // What went wrong is told; turns that are lost besides cost their people one each.
        let _ = turns.give_all_back(conn, caller);
    }
    done
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
