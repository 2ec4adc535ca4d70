//! Leads come in one after another, and each is held against those that are there.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::admitted::{Admitted, Begun};
use super::comer::{Checked, Comer, Entrances};
use super::intake::admit;
use super::joining::{Entering, Joining};
use super::passes::Passes;
use crate::caller::{Caller, Duplicates};
use crate::do_not_contact::Contact;
use crate::error::{Duplicate, Error, Present, Result};
use crate::leads::{self, Added, ByKey, How, Key, Keys, Lead};
use crate::workflows;

/// What is known of those that are there.
pub(super) struct Door<'a> {
    caller: &'a Caller,
    rule: Duplicates,
    entrances: Entrances,
    passes: Passes,
    /// Those that were there before.
    there: ByKey<Arc<Lead>>,
    /// Of those, the ones that are in a workflow.
    in_workflow: HashSet<Uuid>,
    /// Places in `admitted`.
    came: ByKey<usize>,
    /// Those that come in.
    pub(super) admitted: Vec<Admitted>,
    /// Those that were there and go into a workflow.
    pub(super) joining: Vec<Joining>,
}

/// What becomes of one.
pub(super) enum Judged {
    /// It comes in, at this place.
    New(usize),
    /// The lead that is there is taken for it, which may go into a workflow.
    There(Arc<Lead>, Key, Option<Begun>),
    /// The one that came in at this place is taken for it.
    Earlier(usize),
}

enum Twin {
    There(Arc<Lead>),
    Earlier(usize),
}

impl<'a> Door<'a> {
    /// Looks who is there already, who of them is in a workflow, and who may go into one: at most
    /// six statements for any number that comes.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database can't be asked.
    pub(super) fn open(
        conn: &mut PgConnection,
        caller: &'a Caller,
        (comers, keys): (&[Comer], &[Keys]),
        rule: Duplicates,
        entrances: Entrances,
    ) -> Result<Self> {
        let there = leads::twins(conn, caller, keys)?;
        let (mut new, mut joining) = (Vec::new(), Vec::new());
        let wants = comers.iter().zip(keys);
        for (comer, keys) in wants.filter(|(comer, _)| comer.wants_workflow()) {
            match there.find(keys) {
                None => new.extend(comer.contact(&caller.account.default_country)),
                Some((_, lead)) if rule == Duplicates::Reuse && sees(caller, lead) => {
                    joining.push(lead);
                }
                Some(_) => {}
            }
        }
        let ids: Vec<Uuid> = joining.iter().map(|lead| lead.id).collect();
        let in_workflow = workflows::in_workflow(conn, caller, &ids)?;
        joining.retain(|lead| !in_workflow.contains(&lead.id));
        let contacts = joining.iter().map(|lead| contact(lead));
        let passes = Passes::ask(conn, caller, contacts.chain(new))?;
        Ok(Self {
            caller,
            rule,
            entrances,
            passes,
            there,
            in_workflow,
            came: ByKey::default(),
            admitted: Vec::new(),
            joining: Vec::new(),
        })
    }

    /// What becomes of the next.
    ///
    /// # Errors
    /// As [`super::take_in_once`] in a lead's place.
    pub(super) fn judge(&mut self, comer: Comer, keys: &Keys) -> Result<Judged> {
        let checked = comer.checked(&self.entrances)?;
        match (self.twin(keys), self.rule) {
            (None, _) => {
                let admitted = admit(self.caller, checked, &mut self.passes)?;
                let at = self.admitted.len();
                self.admitted.push(admitted);
                self.came.add(keys, &at);
                Ok(Judged::New(at))
            }
            (Some((by, twin)), Duplicates::Refuse) => Err(self.in_the_way(by, &twin)),
            // To be taken for a lead means to be led to it.
            (Some((by, Twin::There(lead))), _) if !sees(self.caller, &lead) => {
                Err(self.in_the_way(by, &Twin::There(lead)))
            }
            (Some((by, Twin::There(lead))), _) => {
                let run = self.begin(&lead, checked)?;
                Ok(Judged::There(lead, by, run))
            }
            (Some((by, Twin::Earlier(at))), _) => self.again(at, by, &checked),
        }
    }

    /// By the same key, who was there before goes before who came with the same call.
    fn twin(&self, keys: &Keys) -> Option<(Key, Twin)> {
        let there = self.there.find(keys);
        let there = there.map(|(by, lead)| (by, Twin::There(Arc::clone(lead))));
        let earlier = self.came.find(keys);
        let earlier = earlier.map(|(by, at)| (by, Twin::Earlier(*at)));
        there.into_iter().chain(earlier).min_by_key(|(by, _)| *by)
    }

    fn in_the_way(&self, by: Key, twin: &Twin) -> Error {
        let there = match twin {
            Twin::There(lead) => sees(self.caller, lead).then(|| (lead.id, lead.name())),
            Twin::Earlier(at) => {
                let lead = &self.admitted[*at].taken.lead;
                Some((lead.id, lead.lead.name()))
            }
        };
        Error::Duplicate(Duplicate {
            there: there.map(|(id, name)| Present { id, name }),
            field: by.field(),
            words: by.words(),
        })
    }

    /// A lead that is there goes into the workflow, unless it is in one.
    fn begin(&mut self, lead: &Arc<Lead>, checked: Checked) -> Result<Option<Begun>> {
        let Some(entrance) = checked.entrance else {
            return Ok(None);
        };
        if self.in_workflow.contains(&lead.id) {
            return Ok(None);
        }
        if entrance.has_calls && lead.phone.is_none() {
            let (name, workflow) = (lead.name(), &entrance.name);
            return Err(Error::Conflict(format!(
                "{name} is there already, without the phone number that “{workflow}” calls"
            )));
        }
        let cleared = self.passes.take(self.caller, lead.id)?;
        let run = Begun::at(&entrance, self.caller.now, self.caller.now);
        self.in_workflow.insert(lead.id);
        self.joining.push(Joining {
            merge: leads::merge(lead, Added::default(), How::Keys)?,
            run: Some(Entering {
                run: run.clone(),
                cleared,
                first_message: checked.first_message,
            }),
        });
        Ok(Some(run))
    }

    /// A lead that came in with the same call goes where it said then, and nowhere else.
    fn again(&self, at: usize, by: Key, checked: &Checked) -> Result<Judged> {
        let has_run = self.admitted[at].taken.run.is_some();
        match checked.entrance.is_some() && !has_run {
            true => Err(Error::Conflict(format!(
                "An earlier lead of this call has the same {} and no workflow: name the workflow \
                 there",
                by.words()
            ))),
            false => Ok(Judged::Earlier(at)),
        }
    }
}

fn sees(caller: &Caller, lead: &Lead) -> bool {
    caller.sees.lead(lead.owner_id, lead.team_id)
}

/// Whom a workflow would reach.
fn contact(lead: &Lead) -> Contact {
    Contact {
        lead_id: lead.id,
        phone: lead.phone_e164.clone(),
        email: lead.email.clone(),
    }
}
