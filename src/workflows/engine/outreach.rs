//! Reaching a lead at a step whose time has come: through the gate, then by the channel's own way.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::cadence::{End, Next, Place, failed};
use super::super::node_config::{self, Config};
use super::super::words::{AttemptState, RunStatus, StepState};
use super::attempt::NewAttempt;
use super::ground::{Ground, Heir};
use super::live::Live;
use super::task;
use super::turn::{Stay, Then, Turn, leave};
use crate::caller::Caller;
use crate::connectors::{Channel, Kind};
use crate::do_not_contact::{self as list, By, Cleared, Contact, Entry};
use crate::error::Result;
use crate::outreach::template::{self, Fields};

/// After this, what was handed over and never reported on has failed.
pub const REPORT_WITHIN: TimeDelta = TimeDelta::days(1);

/// Whom a step reaches and by which way, for the gate.
pub fn contact(live: &Live, channel: Channel) -> (Contact, By) {
    let contact = Contact {
        lead_id: live.lead.id,
        phone: live.lead.phone_e164.clone(),
        email: live.lead.email.clone(),
    };
    let by = match channel {
        Channel::Call | Channel::Sms | Channel::Whatsapp => By::Phone,
        Channel::Email => By::Email,
        Channel::Application => By::Anything,
    };
    (contact, by)
}

/// A step whose time has come.
#[derive(Clone, Copy)]
pub struct Ready<'a> {
    pub live: &'a Live,
    pub place: Place<'a>,
    pub heir: Option<Heir>,
    pub channel: Channel,
    /// When the lead's contact hours are over.
    pub until: DateTime<Utc>,
}

/// What becomes of it, and the try that was made.
pub fn reach<'a>(
    caller: &'a Caller,
    ground: &'a Ground,
    ready: Ready<'a>,
    pass: std::result::Result<Cleared, Entry>,
) -> Result<(Turn<'a>, Option<NewAttempt<'a>>)> {
    let cleared = match pass {
        Ok(cleared) => cleared,
        Err(entry) => return Ok((blocked(caller, ground, ready, &entry)?, None)),
    };
    let Some(kind) = ground.kind(ready.live, ready.channel)? else {
        let why = format!("No sender is set for {}", words(ready.channel));
        return Ok((fails(caller, ground, ready, why)?, None));
    };
    let (recipient, missing) = recipient(ready.live, ready.channel);
    if recipient.is_none() && ready.channel != Channel::Application {
        return Ok((fails(caller, ground, ready, missing.to_owned())?, None));
    }
    if kind == Kind::Person {
        return Ok((task::task(caller, ground, ready)?, None));
    }
    let attempt = |state, outcome| attempt(caller, ground, ready, &cleared, state, outcome);
    if kind == Kind::Outbox {
        let outcome = success(ready.channel);
        let moment = ground.moment(ready.live, caller.now)?;
        let next = super::super::cadence::reported(ready.place, outcome, None, moment);
        let now = Some(caller.now);
        let outcome_said = Some(outcome.to_owned());
        let turn = leave(
            caller,
            ground,
            ready.live,
            ready.heir,
            outcome_said,
            next,
            now,
        );
        return Ok((turn, attempt(AttemptState::Done, Some(outcome))));
    }
    let stay = Stay {
        state: StepState::Sent,
        due_at: due_at(ready.live, caller),
        ready_at: None,
        wake_at: caller.now + REPORT_WITHIN,
        why: Some("handed over; its report is awaited".to_owned()),
        owner_id: ground.worker(ready.live),
    };
    let turn = Turn {
        live: ready.live,
        heir: None,
        then: Then::Stay(stay),
    };
    Ok((turn, attempt(AttemptState::Queued, None)))
}

/// Since when it is due: now, when the contact hours that had put it off are others by now.
pub(super) fn due_at(live: &Live, caller: &Caller) -> DateTime<Utc> {
    let due_at = live.step.as_ref().and_then(|step| step.due_at);
    due_at.map_or(caller.now, |due_at| due_at.min(caller.now))
}

/// Somebody who is not to be contacted: by no way, or not by this one.
fn blocked<'a>(
    caller: &Caller,
    ground: &Ground,
    ready: Ready<'a>,
    entry: &Entry,
) -> Result<Turn<'a>> {
    let account = ground.account(ready.live)?;
    let why = entry.sentence(account.time_zone);
    let next = if entry.kind == list::Kind::Lead {
        Next::End(End {
            status: RunStatus::Dropped,
            node: None,
            status_key: None,
            why: why.clone(),
        })
    } else {
        said(
            failed(ready.place, ground.moment(ready.live, caller.now)?),
            &why,
        )
    };
    let outcome = Some("BLOCKED".to_owned());
    Ok(leave(caller, ground, ready.live, ready.heir, outcome, next, None).because(why))
}

/// A try that can't be made.
pub fn fails<'a>(
    caller: &Caller,
    ground: &Ground,
    ready: Ready<'a>,
    why: String,
) -> Result<Turn<'a>> {
    let next = said(
        failed(ready.place, ground.moment(ready.live, caller.now)?),
        &why,
    );
    let outcome = Some(failure(ready.channel).to_owned());
    Ok(leave(caller, ground, ready.live, ready.heir, outcome, next, None).because(why))
}

/// A run that ends for it says why.
fn said(next: Next, why: &str) -> Next {
    match next {
        Next::End(end) => Next::End(End {
            why: why.to_owned(),
            ..end
        }),
        next => next,
    }
}

/// The outcome of what was handed over and needs no report.
pub fn success(channel: Channel) -> &'static str {
    match channel {
        Channel::Application => "success",
        _ => "COMPLETED",
    }
}

/// The outcome of what could not be handed over.
pub fn failure(channel: Channel) -> &'static str {
    match channel {
        Channel::Application => "failure",
        _ => "FAILED",
    }
}

/// A channel in the words of a sentence.
pub fn words(channel: Channel) -> &'static str {
    match channel {
        Channel::Call => "calls",
        Channel::Sms => "text messages",
        Channel::Whatsapp => "WhatsApp messages",
        Channel::Email => "e-mails",
        Channel::Application => "requests to other systems",
    }
}

fn recipient(live: &Live, channel: Channel) -> (Option<&str>, &'static str) {
    match channel {
        Channel::Email => (live.lead.email.as_deref(), "The lead has no e-mail address"),
        Channel::Application => (None, ""),
        Channel::Call | Channel::Sms | Channel::Whatsapp => {
            let phone = live.lead.phone_e164.as_deref();
            let missing = match live.lead.phone {
                Some(_) => "The lead's phone is not a number that can be called",
                None => "The lead has no phone number",
            };
            (phone, missing)
        }
    }
}

/// The try, with its text filled in. Only somebody the gate has cleared gets one.
fn attempt<'a>(
    caller: &Caller,
    ground: &Ground,
    ready: Ready<'a>,
    cleared: &Cleared,
    state: AttemptState,
    outcome: Option<&'static str>,
) -> Option<NewAttempt<'a>> {
    let step = ready.live.step.as_ref()?;
    let text = text(ground, ready.live, ready.place);
    Some(NewAttempt {
        account_id: ready.live.run.account_id,
        id: step.id,
        lead_id: cleared.lead_id(),
        run_id: ready.live.run.id,
        channel: ready.channel,
        state,
        recipient: recipient(ready.live, ready.channel).0,
        subject: text.subject,
        body: text.body,
        html: text.html,
        outcome,
        note: None,
        duration_seconds: None,
        recording_url: None,
        external_id: None,
        author: "worker",
        why: None,
        before: None,
        failures: 0,
        wake_at: (state == AttemptState::Queued).then_some(caller.now),
        occurred_at: caller.now,
        created_at: caller.now,
    })
}

/// What is said at a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub subject: Option<String>,
    pub body: Option<String>,
    pub html: Option<String>,
}

/// What is said at a step, filled in for its lead. What was given with the lead replaces the text
/// of its first outreach.
pub fn text(ground: &Ground, live: &Live, place: Place<'_>) -> Text {
    let fields: Fields = ground.facts(live).texts().collect();
    let Ok(Config::Outreach(outreach)) =
        node_config::read(place.node.node_type, &place.node.config)
    else {
        return Text::default();
    };
    let filled = |text: Option<String>| text.map(|text| template::render(&text, &fields));
    let own = live.run.first_message.clone();
    let html = match own {
        Some(_) => None,
        None => outreach.html,
    };
    Text {
        subject: filled(outreach.subject),
        body: own.or_else(|| filled(outreach.text.or(outreach.script))),
        html: html.map(|html| template::render_html(&html, &fields)),
    }
}
