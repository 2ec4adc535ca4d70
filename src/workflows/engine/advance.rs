//! Due work: steps whose time has come go on, in batches of one transaction each.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::cadence::{Due, Moment, Next, arrive, due};
use super::super::graph::Node;
use super::super::words::{NodeType, StepState};
use super::attempt::{self, NewAttempt};
use super::claim;
use super::ground::Ground;
use super::live::{Live, OpenStep, load};
use super::outreach::{self, Ready};
use super::turn::{Stay, Then, Turn, leave, pause};
use super::write;
use crate::caller::{Actor, Caller, Sees};
use crate::do_not_contact;
use crate::error::Result;

/// Takes the runs on whose steps are due, at most `limit`; how many it took. Nothing leaves here:
/// a message is written down to be handed over, in the same transaction as the step it belongs to,
/// so a worker that dies has done all of it or nothing.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn advance(conn: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> Result<usize> {
    if !claim::any(conn, now)? {
        return Ok(0);
    }
    conn.transaction(|conn| {
        let runs = claim::due(conn, now, limit)?;
        if runs.is_empty() {
            return Ok(0);
        }
        let lives = load(conn, &runs)?;
        let ground = Ground::load(conn, &lives)?;
        let mut by_account: HashMap<Uuid, Vec<&Live>> = HashMap::new();
        for live in &lives {
            by_account
                .entry(live.run.account_id)
                .or_default()
                .push(live);
        }
        for lives in by_account.into_values() {
            take_on(conn, &ground, &lives, now)?;
        }
        Ok(runs.len())
    })
}

/// Runs of one account.
fn take_on(
    conn: &mut PgConnection,
    ground: &Ground,
    lives: &[&Live],
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(first) = lives.first() else {
        return Ok(());
    };
    let caller = Caller {
        account: ground.account(first)?.clone(),
        actor: Actor::Worker,
        sees: Sees::All,
        request: None,
        now,
    };
    let (mut turns, mut ready, mut unreported) = (Vec::new(), Vec::new(), Vec::new());
    for live in lives.iter().copied() {
        match look(&caller, ground, live)? {
            Some(Looked::Turn(turn)) => turns.push(turn),
            Some(Looked::Ready(one)) => ready.push(one),
            Some(Looked::Unreported(turn)) => {
                unreported.extend(live.step.as_ref().map(|step| step.id));
                turns.push(turn);
            }
            None => {}
        }
    }
    let contacts: Vec<_> = ready
        .iter()
        .map(|one: &Ready<'_>| outreach::contact(one.live, one.channel))
        .collect();
    let passes = do_not_contact::gate(conn, caller.account.id, &contacts)?;
    let mut attempts: Vec<NewAttempt<'_>> = Vec::new();
    for (one, pass) in ready.into_iter().zip(passes) {
        let (turn, attempt) = outreach::reach(&caller, ground, one, pass)?;
        turns.push(turn);
        attempts.extend(attempt);
    }
    attempt::attempts(conn, &attempts)?;
    attempt::unreported(conn, &caller, &unreported)?;
    write::turns(conn, &caller, ground, &turns)
}

enum Looked<'a> {
    Turn(Turn<'a>),
    Ready(Ready<'a>),
    /// It was handed over, and nothing was heard of it.
    Unreported(Turn<'a>),
}

/// What a run asks for now.
fn look<'a>(caller: &Caller, ground: &'a Ground, live: &'a Live) -> Result<Option<Looked<'a>>> {
    let Some(step) = &live.step else {
        return Ok(None);
    };
    if live.lead.archived_at.is_some() {
        let why = "the lead was archived".to_owned();
        return Ok(Some(Looked::Turn(pause(live, why))));
    }
    let Some((place, heir)) = ground.place(live) else {
        let why = "its step is in no published version".to_owned();
        return Ok(Some(Looked::Turn(pause(live, why))));
    };
    let channel = step.node_type.leaves_by();
    let moment = ground.moment(live, caller.now)?;
    if let (StepState::Sent, Some(channel)) = (step.state, channel) {
        let ready = Ready {
            live,
            place,
            heir,
            channel,
            until: moment.now,
        };
        return Ok(Some(Looked::Unreported(unreported(caller, ground, ready)?)));
    }
    if let Some(turn) = first_wait(ground, live, step, place.node, moment)
        .or_else(|| other_hours(ground, live, step, moment))
    {
        return Ok(Some(Looked::Turn(turn)));
    }
    let due_at = own_time(live, step).or(step.due_at).unwrap_or(caller.now);
    let looked = match due(place, due_at, &ground.facts(live), moment) {
        Due::Wait { until, why } => {
            // Out of hours it had been ready by then; before its time it still is not.
            let ready_at = why.as_ref().map_or(step.ready_at, |_| Some(due_at));
            let why = why.or_else(|| step.why.clone());
            Looked::Turn(waits(ground, live, until, ready_at, why))
        }
        Due::Reach { until } => Looked::Ready(Ready {
            live,
            place,
            heir,
            channel: channel.unwrap_or(crate::connectors::Channel::Application),
            until,
        }),
        Due::Go { outcome, next } => {
            Looked::Turn(leave(caller, ground, live, heir, outcome, next, None))
        }
    };
    Ok(Some(looked))
}

/// A wait that a run began with: whoever enrolled the lead set no end to it, since only here its
/// contact hours and zone are known.
fn first_wait<'a>(
    ground: &Ground,
    live: &'a Live,
    step: &OpenStep,
    node: &Node,
    moment: Moment<'_>,
) -> Option<Turn<'a>> {
    let is_fresh = node.node_type == NodeType::Time && step.due_at == Some(step.entered_at);
    let Next::Step(landing) = arrive(node, moment) else {
        return None;
    };
    let is_later = landing.due_at > moment.now;
    (is_fresh && is_later).then(|| waits(ground, live, landing.due_at, None, landing.why))
}

/// When a step would happen without contact hours, if it was planned by hours that are others by
/// now: only its own wait still holds, and where it falls is asked again.
fn own_time(live: &Live, step: &OpenStep) -> Option<DateTime<Utc>> {
    let is_planned = step.hours_revision == Some(live.workflow.hours_revision);
    step.ready_at.filter(|_| !is_planned)
}

/// A step whose own wait lasts, planned by other hours than hold now: it moves to where its time
/// falls in these.
fn other_hours<'a>(
    ground: &Ground,
    live: &'a Live,
    step: &OpenStep,
    moment: Moment<'_>,
) -> Option<Turn<'a>> {
    let ready_at = own_time(live, step).filter(|ready_at| *ready_at > moment.now)?;
    let (due_at, shifted) = moment.later(ready_at - moment.now).first_opening();
    let was_shifted = step.due_at != Some(ready_at);
    let why = match shifted {
        None if was_shifted => Some("its own wait, which ends inside the contact hours".to_owned()),
        None => step.why.clone(),
        shifted => shifted,
    };
    Some(waits(ground, live, due_at, Some(ready_at), why))
}

/// The same try, later.
fn waits<'a>(
    ground: &Ground,
    live: &'a Live,
    due_at: DateTime<Utc>,
    ready_at: Option<DateTime<Utc>>,
    why: Option<String>,
) -> Turn<'a> {
    Turn {
        live,
        heir: None,
        then: Then::Stay(Stay {
            state: StepState::Scheduled,
            due_at,
            ready_at,
            wake_at: due_at,
            why,
            owner_id: ground.worker(live),
        }),
    }
}

/// What was handed over and never reported on: a try that failed, and may be made again.
fn unreported<'a>(caller: &Caller, ground: &Ground, ready: Ready<'a>) -> Result<Turn<'a>> {
    let moment = ground.moment(ready.live, caller.now)?;
    let outcome = outreach::failure(ready.channel);
    let next = super::super::cadence::reported(ready.place, outcome, None, moment);
    let outcome = Some(outcome.to_owned());
    let turn = leave(caller, ground, ready.live, ready.heir, outcome, next, None);
    Ok(turn.because(attempt::NO_REPORT.to_owned()))
}
