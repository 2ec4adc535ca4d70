//! What is to become of the leads of a batch: those that are there already are changed, or go into
//! the workflow, the others come in with it.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::admitted::{Admitted, Begun};
use super::super::joining::{Entering, Joining};
use super::code::Code;
use super::ground::Ground;
use super::judge::{Judged, Ready};
use super::past::Past;
use super::plan::{Existing, MatchBy};
use super::row::Fault;
use super::tally::{Became, Written};
use crate::caller::Caller;
use crate::do_not_contact::{self, By, Cleared, Contact, Entry};
use crate::error::{Error, Result};
use crate::leads::{self, Added, ByKey, How, Keys, Lead, OwnerRef};
use crate::workflows;

/// What is to become of a batch; nothing is written yet.
#[derive(Default)]
pub struct Decided {
    /// What becomes of each row, in their order.
    pub became: Vec<Became>,
    pub(super) coming: Vec<Admitted>,
    pub(super) joining: Vec<Joining>,
}

type Pass = std::result::Result<Cleared, Entry>;

/// Decides what becomes of a batch, in some five queries however many rows it has. The caller
/// holds the account's keys of leads, or only wants to know.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn decide(
    conn: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    past: &mut Past,
    batch: Vec<Judged>,
) -> Result<Decided> {
    let ready: Vec<&Ready> = batch.iter().filter_map(ready).collect();
    let country = &caller.account.default_country;
    let count = ground.plan.matches();
    let keys = ready
        .iter()
        .map(|one| Keys::of(&one.lead.lead, country).only(count));
    let keys: Vec<Keys> = keys.collect();
    let there = leads::twins(conn, caller, &keys)?;
    let twin = |keys: &Keys| there.find(keys).map(|(_, lead)| Arc::clone(lead));
    let twins: Vec<Option<Arc<Lead>>> = keys.iter().map(twin).collect();
    let ids: Vec<Uuid> = twins.iter().flatten().map(|lead| lead.id).collect();
    let (enrolled, passes) = match &ground.entrance {
        None => (HashSet::new(), Vec::new()),
        Some(entrance) => (
            workflows::enrolled(conn, caller, entrance.workflow_id, &ids)?,
            do_not_contact::gate(conn, caller.account.id, &contacts(&ready, &twins))?,
        ),
    };
    let mut passes = passes.into_iter();
    let mut twins = twins.into_iter();
    let mut keys = keys.iter();
    let mut seen = ByKey::default();
    let mut decided = Decided::default();
    for judged in batch {
        let became = match judged {
            Judged::Fault(fault) => Became::Failed(fault),
            Judged::LeftOut => {
                let sentence = "The row was left out";
                Became::Skipped(Fault::new(Code::LeftOut, "", sentence, ""), None)
            }
            Judged::Lead(ready) => {
                let case = Case {
                    twin: twins.next().flatten(),
                    pass: passes.next(),
                    is_repeated: keys
                        .next()
                        .is_some_and(|keys| past.repeats(keys, &mut seen)),
                    ready: *ready,
                };
                let is_enrolled = |lead: &Lead| enrolled.contains(&lead.id);
                one(caller, ground, past, case, is_enrolled, &mut decided)?
            }
        };
        past.leads.extend(became.lead_id());
        decided.became.push(became);
    }
    Ok(decided)
}

fn ready(judged: &Judged) -> Option<&Ready> {
    match judged {
        Judged::Lead(ready) => Some(ready),
        Judged::LeftOut | Judged::Fault(_) => None,
    }
}

/// A row, and what is known of its lead.
struct Case {
    ready: Ready,
    /// The lead that is there already.
    twin: Option<Arc<Lead>>,
    /// What the gate says of it; nothing without a workflow.
    pass: Option<Pass>,
    /// Whether an earlier row is found by the same.
    is_repeated: bool,
}

fn one(
    caller: &Caller,
    ground: &Ground,
    past: &mut Past,
    case: Case,
    is_enrolled: impl Fn(&Lead) -> bool,
    decided: &mut Decided,
) -> Result<Became> {
    let Case {
        ready,
        twin,
        pass,
        is_repeated,
    } = case;
    let shown = ready.lead.lead.phone.clone();
    let shown = shown.or_else(|| ready.lead.lead.email.clone());
    let shown = shown.unwrap_or_default();
    let skipped = |code, sentence: &'static str, twin: Option<&Arc<Lead>>| {
        let fault = Fault::new(code, "", sentence, &shown);
        Became::Skipped(fault, twin.map(|lead| lead.id))
    };
    if is_repeated
        || twin
            .as_ref()
            .is_some_and(|lead| past.leads.contains(&lead.id))
    {
        let sentence = match ground.plan.match_by.as_slice() {
            [MatchBy::Phone] => "An earlier row has the same phone number",
            _ => "An earlier row is about the same lead",
        };
        return Ok(skipped(Code::DuplicateInFile, sentence, twin.as_ref()));
    }
    let existing = ground.plan.existing;
    let enrolled = twin.as_deref().is_some_and(is_enrolled);
    let closed = matches!(pass, Some(Err(_)));
    let why_not = match () {
        () if twin.is_some() && existing == Existing::Skip => {
            Some((Code::LeadExists, "The lead is there already"))
        }
        () if enrolled => Some((
            Code::AlreadyEnrolled,
            "The lead is in a workflow already, or was in this one",
        )),
        () if closed => Some((Code::DoNotContact, "The lead is on the do-not-contact list")),
        () => None,
    };
    let Some(twin) = twin else {
        if let Some((code, sentence)) = why_not {
            return Ok(skipped(code, sentence, None));
        }
        return Ok(comes(caller, ground, past, ready, pass, decided));
    };
    let how = match (existing, why_not) {
        (Existing::Skip | Existing::Enrol, Some((code, sentence))) => {
            return Ok(skipped(code, sentence, Some(&twin)));
        }
        (Existing::Fill, _) => How::Fill,
        (Existing::Update, _) => How::Update,
        (Existing::Skip | Existing::Enrol, None) => How::Keys,
    };
    let merge = match leads::merge(&twin, added(ready), how) {
        Err(Error::Invalid(errors)) => return Ok(Became::Failed(Fault::of(&errors, ""))),
        merge => merge?,
    };
    let run = match (why_not, pass.and_then(Result::ok), &ground.entrance) {
        (None, Some(cleared), Some(entrance)) => {
            let run = Begun::at(entrance, past.starts.next(), caller.now);
            let first_message = None;
            Some(Entering {
                run,
                cleared,
                first_message,
            })
        }
        _ => None,
    };
    if run.is_none() && merge.changes().is_empty() {
        let (code, sentence) = why_not.unwrap_or((
            Code::NothingNew,
            "The lead is there already, and the row says nothing new",
        ));
        return Ok(skipped(code, sentence, Some(&twin)));
    }
    let joining = Joining { merge, run };
    let written = Written {
        lead_id: joining.merge.lead_id(),
        run_id: joining.run_id(),
        revision: joining.merge.revision(),
        changes: joining.merge.changes().clone(),
    };
    decided.joining.push(joining);
    Ok(Became::Updated(written))
}

/// A lead that is new.
fn comes(
    caller: &Caller,
    ground: &Ground,
    past: &mut Past,
    ready: Ready,
    pass: Option<Pass>,
    decided: &mut Decided,
) -> Became {
    let mut lead = ready.lead;
    if lead.lead.owner.is_none() {
        lead.lead.owner = ground.owner(past.created);
        lead.owner_id = match lead.lead.owner {
            Some(OwnerRef::Id(id)) => Some(id),
            _ => None,
        };
    }
    past.created += 1;
    let lead_id = lead.id;
    let (admitted, run_id) = match (pass.and_then(Result::ok), &ground.entrance) {
        (Some(cleared), Some(entrance)) => {
            let run = Begun::at(entrance, past.starts.next(), caller.now);
            let run_id = run.id;
            (Admitted::enrolled(lead, cleared, run, None), Some(run_id))
        }
        _ => (Admitted::without_workflow(lead), None),
    };
    decided.coming.push(admitted);
    Became::Created(Written {
        lead_id,
        run_id,
        revision: 1,
        changes: serde_json::Map::new(),
    })
}

/// Whom the workflow would reach: the lead that is there, at the row's number.
fn contacts(ready: &[&Ready], twins: &[Option<Arc<Lead>>]) -> Vec<(Contact, By)> {
    let contact = |(one, twin): (&&Ready, &Option<Arc<Lead>>)| {
        let lead = &one.lead.lead;
        let contact = match twin {
            Some(twin) => Contact {
                lead_id: twin.id,
                phone: lead.phone.clone().or_else(|| twin.phone_e164.clone()),
                email: twin.email.clone().or_else(|| lead.email.clone()),
            },
            None => Contact {
                lead_id: one.lead.id,
                phone: lead.phone.clone(),
                email: lead.email.clone(),
            },
        };
        (contact, By::Anything)
    };
    ready.iter().zip(twins).map(contact).collect()
}

fn added(ready: Ready) -> Added {
    let Ready { lead, is_named } = ready;
    let owner_id = lead.owner_id;
    let lead = lead.lead;
    Added {
        first_name: is_named.then_some(lead.first_name),
        last_name: lead.last_name.filter(|_| is_named),
        email: lead.email,
        phone: lead.phone,
        company: lead.company,
        title: lead.title,
        external_id: lead.external_id,
        campaign_id: lead.campaign_id,
        owner_id,
        tags: lead.tags,
        metadata: lead.metadata,
    }
}
