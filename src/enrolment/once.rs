//! New leads come in where nobody may be there twice: who is there already is taken for the one
//! that comes, or stands in its way.

use std::sync::Arc;

use diesel::pg::PgConnection;

use super::admitted::{Begun, Taken, give_out, write};
use super::comer;
use super::door::{Door, Judged};
use super::intake::{Intake, by_turns, take_in, unowned};
use super::joining::join;
use crate::audit::Event;
use crate::caller::{Caller, Duplicates, Permission};
use crate::error::Result;
use crate::leads::{self, Key, Keys, Lead, Patience};

/// What became of a lead that wanted to come in.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrival {
    /// It came in.
    New(Taken),
    /// A lead that was there is taken for it.
    There {
        /// That lead. It may have gone into a workflow; nothing else about it was changed.
        lead: Arc<Lead>,
        /// What both have.
        by: Key,
        /// Its run, when it went into a workflow: it does unless it is in one.
        run: Option<Begun>,
    },
    /// One that came in before it, in the same call, is taken for it.
    Earlier(Taken),
}

/// Takes leads in by a rule about those that the account has already, by their number, their e-mail
/// or their external id. With [`Duplicates::Allow`] this is [`take_in`]. Each stands alone, as there;
/// those of one call come one after another. Nothing at all is done where a file of the account's is
/// being written and the caller does not wait for it.
///
/// # Errors
/// As [`take_in`]. In a lead's place also [`Error::Duplicate`] where duplicates are refused, and
/// [`Error::Conflict`] when the one that is taken for it can't go into the workflow.
///
/// [`Error::Duplicate`]: crate::error::Error::Duplicate
/// [`Error::Conflict`]: crate::error::Error::Conflict
pub fn take_in_once(
    conn: &mut PgConnection,
    caller: &Caller,
    intakes: Vec<Intake>,
    rule: Duplicates,
    patience: Patience,
) -> Result<Option<Vec<Result<Arrival>>>> {
    if rule == Duplicates::Allow {
        let taken = take_in(conn, caller, intakes)?.into_iter();
        return Ok(Some(taken.map(|one| one.map(Arrival::New)).collect()));
    }
    caller.require(Permission::WriteLeads)?;
    by_turns(conn, caller, unowned(&intakes), |conn, turns| {
        let country = &caller.account.default_country;
        let keys = intakes.iter().map(|one| Keys::of(&one.lead, country));
        let keys: Vec<Keys> = keys.collect();
        if !leads::hold_keys(conn, caller, &keys, patience)? {
            return Ok(None);
        }
        let (comers, entrances) = comer::read(conn, caller, intakes)?;
        let mut door = Door::open(conn, caller, (&comers, &keys), rule, entrances)?;
        let judged = comers.into_iter().zip(&keys);
        let judged = judged.map(|(comer, keys)| door.judge(comer, keys));
        let judged: Vec<Result<Judged>> = judged.collect();
        give_out(conn, caller, turns, door.admitted.iter_mut())?;
        write(conn, caller, door.admitted.iter(), Event::LeadCreated)?;
        join(conn, caller, door.joining)?;
        let taken = |at: usize| door.admitted[at].taken.clone();
        let arrivals = judged.into_iter().map(|judged| {
            Ok(match judged? {
                Judged::New(at) => Arrival::New(taken(at)),
                Judged::Earlier(at) => Arrival::Earlier(taken(at)),
                Judged::There(lead, by, run) => Arrival::There { lead, by, run },
            })
        });
        Ok(Some(arrivals.collect()))
    })
}
