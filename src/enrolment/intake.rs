//! New leads come in, alone or by the thousand, into a workflow or into none.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::admitted::{Admitted, Begun, Taken, write};
use crate::caller::{Caller, Permission};
use crate::do_not_contact::{self, By, Cleared, Contact, Entry};
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::leads::{self, NewLead, Resolved};
use crate::workflows::{self, Entrance};
use crate::{phone, text};

const MESSAGE_CHARACTERS: usize = 10_000;

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
/// of at most eleven statements however many they are.
///
/// # Errors
/// [`Error::Forbidden`], and [`Error::Internal`], for all of them. In a lead's place:
/// [`Error::Invalid`]; [`Error::NotFound`] when the account has no such workflow;
/// [`Error::Conflict`] when the workflow is over, or the lead is on the do-not-contact list.
pub fn take_in(
    conn: &mut PgConnection,
    caller: &Caller,
    intakes: Vec<Intake>,
) -> Result<Vec<Result<Taken>>> {
    caller.require(Permission::WriteLeads)?;
    conn.transaction(|conn| {
        let wanted: HashSet<Uuid> = intakes.iter().filter_map(|one| one.workflow_id).collect();
        let wanted: Vec<Uuid> = wanted.into_iter().collect();
        let entrances: HashMap<Uuid, Arc<Entrance>> = workflows::entrances(conn, caller, &wanted)?
            .into_iter()
            .map(|(id, entrance)| (id, Arc::new(entrance)))
            .collect();
        let (leads, wishes): (Vec<_>, Vec<_>) = intakes.into_iter().map(apart).unzip();
        let resolved = leads::resolve(conn, caller, leads)?;
        let mut passes = passes(conn, caller, &resolved, &wishes)?;
        let results: Vec<Result<Admitted>> = resolved
            .into_iter()
            .zip(wishes)
            .map(|(lead, wish)| {
                let pass = lead.as_ref().ok().and_then(|lead| passes.remove(&lead.id));
                admitted(lead, wish, &entrances, pass, caller)
            })
            .collect();
        write(conn, caller, results.iter().flatten())?;
        Ok(results
            .into_iter()
            .map(|result| result.map(|admitted| admitted.taken))
            .collect())
    })
}

/// What is wanted of the workflow, beside the lead.
struct Wish {
    workflow_id: Option<Uuid>,
    first_message: Option<String>,
    has_phone: bool,
}

fn apart(intake: Intake) -> (NewLead, Wish) {
    let phone = intake.lead.phone.as_deref().unwrap_or_default();
    let wish = Wish {
        workflow_id: intake.workflow_id,
        first_message: text::clean(intake.first_message),
        has_phone: !phone.trim().is_empty(),
    };
    (intake.lead, wish)
}

type Pass = std::result::Result<Cleared, Entry>;

/// What the gate says of the leads that want into a workflow; nothing is asked when none does.
fn passes(
    conn: &mut PgConnection,
    caller: &Caller,
    resolved: &[Result<Resolved>],
    wishes: &[Wish],
) -> Result<HashMap<Uuid, Pass>> {
    let country = &caller.account.default_country;
    let enrolled = resolved.iter().zip(wishes);
    let enrolled = enrolled.filter(|(_, wish)| wish.workflow_id.is_some());
    let contacts: Vec<(Contact, By)> = enrolled
        .filter_map(|(resolved, _)| {
            let Resolved { id, lead, .. } = resolved.as_ref().ok()?;
            let phone = lead.phone.as_deref();
            let contact = Contact {
                lead_id: *id,
                phone: phone.and_then(|phone| phone::e164(phone, country)),
                email: lead.email.clone(),
            };
            Some((contact, By::Anything))
        })
        .collect();
    let passes = do_not_contact::gate(conn, caller.account.id, &contacts)?;
    let ids = contacts.into_iter().map(|(contact, _)| contact.lead_id);
    Ok(ids.zip(passes).collect())
}

/// The lead at its place in the workflow.
fn admitted(
    lead: Result<Resolved>,
    wish: Wish,
    entrances: &HashMap<Uuid, Arc<Entrance>>,
    pass: Option<Pass>,
    caller: &Caller,
) -> Result<Admitted> {
    let entrance = wish.workflow_id.and_then(|id| entrances.get(&id));
    let wishes = broken(&wish, entrance);
    let lead = match lead {
        Ok(lead) => wishes.or(lead)?,
        Err(Error::Invalid(mut errors)) => {
            errors.0.extend(wishes.0);
            return Err(Error::Invalid(errors));
        }
        Err(error) => return Err(error),
    };
    let entrance = match (wish.workflow_id, entrance) {
        (None, _) => return Ok(Admitted::without_workflow(lead)),
        (Some(_), None) => return Err(Error::NotFound(Noun::Workflow)),
        (Some(_), Some(entrance)) => entrance,
    };
    entrance.check_takes_leads()?;
    let pass = pass.ok_or_else(|| Error::internal("the gate gave no answer"))?;
    let cleared = pass.map_err(|entry| {
        let zone = caller.account.time_zone;
        Error::Conflict(entry.sentence(zone))
    })?;
    let run = Begun::at(entrance, caller.now, caller.now);
    let first_message = wish.first_message;
    Ok(Admitted::enrolled(lead, cleared, run, first_message))
}

fn broken(wish: &Wish, entrance: Option<&Arc<Entrance>>) -> FieldErrors {
    let mut errors = FieldErrors::default();
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
