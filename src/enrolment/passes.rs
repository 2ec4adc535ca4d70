//! What the gate says of leads that want into a workflow.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use uuid::Uuid;

use crate::caller::Caller;
use crate::do_not_contact::{self, By, Cleared, Contact, Entry};
use crate::error::{Error, Result};

/// The gate's answers.
pub(super) struct Passes(HashMap<Uuid, std::result::Result<Cleared, Entry>>);

impl Passes {
    /// Asks the gate, in one statement for all; in none for nobody.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database can't be asked.
    pub(super) fn ask(
        conn: &mut PgConnection,
        caller: &Caller,
        contacts: impl Iterator<Item = Contact>,
    ) -> Result<Self> {
        let contacts: Vec<(Contact, By)> = contacts.map(|one| (one, By::Anything)).collect();
        let passes = do_not_contact::gate(conn, caller.account.id, &contacts)?;
        let ids = contacts.into_iter().map(|(contact, _)| contact.lead_id);
        Ok(Self(ids.zip(passes).collect()))
    }

    /// The proof that a lead may be contacted; there is one for each.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is on the do-not-contact list.
    pub(super) fn take(&mut self, caller: &Caller, lead_id: Uuid) -> Result<Cleared> {
        match self.0.remove(&lead_id) {
            Some(Ok(cleared)) => Ok(cleared),
            Some(Err(entry)) => {
                let sentence = entry.sentence(caller.account.time_zone);
                // Whoever asks again hears the same.
                self.0.insert(lead_id, Err(entry));
                Err(Error::Conflict(sentence))
            }
            None => Err(Error::internal("the gate gave no answer")),
        }
    }
}
