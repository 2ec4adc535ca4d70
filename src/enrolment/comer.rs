//! A lead that wants to come in, and whether it may as far as the rules go.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::intake::Intake;
use crate::caller::Caller;
use crate::do_not_contact::Contact;
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::leads::{self, NewLead, Resolved};
use crate::teams::Requirement;
use crate::workflows::{self, Entrance};
use crate::{phone, text};

const MESSAGE_CHARACTERS: usize = 10_000;

/// The workflows that leads want into, as far as the account has them.
pub(super) type Entrances = HashMap<Uuid, Arc<Entrance>>;

/// A lead and what is wanted of the workflow.
pub(super) struct Comer {
    lead: Result<Resolved>,
    wish: Wish,
}

struct Wish {
    workflow_id: Option<Uuid>,
    first_message: Option<String>,
    has_phone: bool,
    /// Where it has to belong and does not.
    lacks: FieldErrors,
}

/// A lead that breaks no rule.
pub(super) struct Checked {
    /// The lead.
    pub lead: Resolved,
    /// The workflow it goes into.
    pub entrance: Option<Arc<Entrance>>,
    /// What replaces the text of the first outreach there.
    pub first_message: Option<String>,
}

/// Looks up what leads name: the workflows they want into, where they have to belong, and the rest; a
/// statement for each, none where they name nothing.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub(super) fn read(
    conn: &mut PgConnection,
    caller: &Caller,
    intakes: Vec<Intake>,
) -> Result<(Vec<Comer>, Entrances)> {
    let wanted: HashSet<Uuid> = intakes.iter().filter_map(|one| one.workflow_id).collect();
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let entrances = workflows::entrances(conn, caller, &wanted)?.into_iter();
    let entrances = entrances.map(|(id, entrance)| (id, Arc::new(entrance)));
    let entrances = entrances.collect();
    let requirement = match intakes.iter().any(|one| one.must_belong) {
        true => Requirement::load(conn, caller)?,
        false => Requirement::default(),
    };
    let apart = intakes.into_iter().map(|one| apart(one, &requirement));
    let (leads, wishes): (Vec<_>, Vec<_>) = apart.unzip();
    let resolved = leads::resolve(conn, caller, leads)?.into_iter();
    let comers = resolved.zip(wishes);
    let comers = comers.map(|(lead, wish)| Comer { lead, wish });
    Ok((comers.collect(), entrances))
}

fn apart(intake: Intake, requirement: &Requirement) -> (NewLead, Wish) {
    let phone = intake.lead.phone.as_deref().unwrap_or_default();
    let mut lacks = FieldErrors::default();
    if intake.must_belong {
        let (team_id, lead_source_id) = (intake.lead.team_id, intake.lead.lead_source_id);
        requirement.check(team_id, lead_source_id, &mut lacks);
    }
    let wish = Wish {
        workflow_id: intake.workflow_id,
        first_message: text::clean(intake.first_message),
        has_phone: !phone.trim().is_empty(),
        lacks,
    };
    (intake.lead, wish)
}

impl Comer {
    /// Whether it wants into a workflow.
    pub(super) fn wants_workflow(&self) -> bool {
        self.wish.workflow_id.is_some()
    }

    /// Whom the workflow that it wants into would reach; nobody without one.
    pub(super) fn contact(&self, country: &str) -> Option<Contact> {
        let lead = self.lead.as_ref().ok().filter(|_| self.wants_workflow())?;
        let phone = lead.lead.phone.as_deref();
        Some(Contact {
            lead_id: lead.id,
            phone: phone.and_then(|phone| phone::e164(phone, country)),
            email: lead.lead.email.clone(),
        })
    }

    /// The lead, if it breaks no rule and the workflow takes leads.
    ///
    /// # Errors
    /// [`Error::Invalid`]; [`Error::NotFound`] when the account has no such workflow;
    /// [`Error::Conflict`] when it is over.
    pub(super) fn checked(self, entrances: &Entrances) -> Result<Checked> {
        let Self { lead, wish } = self;
        let entrance = wish.workflow_id.and_then(|id| entrances.get(&id));
        let broken = broken(&wish, entrance);
        let lead = match lead {
            Ok(lead) => broken.or(lead)?,
            Err(Error::Invalid(mut errors)) => {
                errors.0.extend(broken.0);
                return Err(Error::Invalid(errors));
            }
            Err(error) => return Err(error),
        };
        if wish.workflow_id.is_some() && entrance.is_none() {
            return Err(Error::NotFound(Noun::Workflow));
        }
        if let Some(entrance) = entrance {
            entrance.check_takes_leads()?;
        }
        Ok(Checked {
            lead,
            entrance: entrance.cloned(),
            first_message: wish.first_message,
        })
    }
}

fn broken(wish: &Wish, entrance: Option<&Arc<Entrance>>) -> FieldErrors {
    let mut errors = wish.lacks.clone();
    if entrance.is_some_and(|entrance| entrance.has_calls) && !wish.has_phone {
        errors.push("phone", Problem::RequiredForCalls);
    }
    let Some(message) = &wish.first_message else {
        return errors;
    };
    if wish.workflow_id.is_none() {
        let sentence = "force_first_message is for leads that are assigned to a workflow";
        errors.push("force_first_message", Problem::Said(sentence.into()));
    }
    if text::has_nul(message) {
        errors.push("force_first_message", Problem::Nul);
    }
    if message.chars().count() > MESSAGE_CHARACTERS {
        errors.push("force_first_message", Problem::TooLong(MESSAGE_CHARACTERS));
    }
    errors
}
