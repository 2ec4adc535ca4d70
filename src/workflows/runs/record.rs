//! Writing down what was reported, and what follows from it.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::super::cadence;
use super::super::engine::{self, Ground, Live, NewAttempt, OpenStep};
use super::super::words::AttemptState;
use super::before::{Before, Followed};
use super::outcomes::outcomes;
use super::report::Report;
use crate::caller::Caller;
use crate::connectors::Channel;
use crate::db::schema::attempts;
use crate::do_not_contact::{self, Contact, Source};
use crate::error::{Error, Problem, Result};
use crate::text;

/// The longest reason the do-not-contact list keeps, in characters.
const REASON_CHARACTERS: usize = 500;

/// Writes a report of the step a held run is at, and what follows from it; that is given.
pub fn record(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    report: &Report,
) -> Result<Followed> {
    let ground = Ground::load(conn, std::slice::from_ref(live))?;
    let (step, channel) = waiting(live)?;
    let Some((place, heir)) = ground.place(live) else {
        return Err(Error::Conflict(
            "The workflow has not been activated yet; nothing waits for an outcome".into(),
        ));
    };
    let outcome = report.outcome.as_str();
    let known = outcomes(step.node_type).contains(&outcome)
        || place
            .graph
            .out_of(place.node.id)
            .any(|edge| edge.label.as_deref() == Some(outcome));
    if !known {
        let words = outcomes(step.node_type).join(", ");
        let sentence = format!(
            "outcome must be one of {words}, or a branch of “{}”",
            step.label
        );
        return Err(Error::invalid("outcome", Problem::Said(sentence.into())));
    }
    let moment = ground.moment(live, caller.now)?;
    let next = cadence::reported(place, outcome, report.call_back_at, moment);
    if outcome == "DO_NOT_CALL" {
        leave_alone(conn, caller, live, report)?;
    }
    let occurred_at = report.occurred_at.unwrap_or(caller.now);
    let outcome = Some(outcome.to_owned());
    let turn = engine::leave(
        caller,
        &ground,
        live,
        heir,
        outcome,
        next,
        Some(occurred_at),
    );
    let followed = Followed::of(&turn);
    let before = Before {
        followed: Some(followed.clone()),
        ..Before::of(live)
    };
    write_attempt(conn, caller, live, (step, channel), report, before)?;
    engine::turns(conn, caller, &ground, &[turn])?;
    Ok(followed)
}

/// Nobody reaches the lead any more.
fn leave_alone(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    report: &Report,
) -> Result<()> {
    let contact = Contact {
        lead_id: live.lead.id,
        phone: live.lead.phone_e164.clone(),
        email: live.lead.email.clone(),
    };
    let reason = report.note.as_deref();
    let reason = reason.unwrap_or("asked not to be contacted");
    let reason = text::at_most(reason, REASON_CHARACTERS);
    do_not_contact::add_lead(conn, caller, &contact, &reason, Source::Outcome)?;
    Ok(())
}

/// The outreach that a run is at.
fn waiting(live: &Live) -> Result<(&OpenStep, Channel)> {
    let step = live.step.as_ref();
    let waiting = step.and_then(|step| Some((step, step.node_type.leaves_by()?)));
    waiting.ok_or_else(|| {
        let at = step.map_or("nowhere", |step| step.label.as_str());
        Error::Conflict(format!(
            "The lead is at “{at}”, where nothing waits for an outcome"
        ))
    })
}

/// The try as it was reported. One that was handed over is there already.
fn write_attempt(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    (step, channel): (&OpenStep, Channel),
    report: &Report,
    before: Before,
) -> Result<()> {
    let occurred_at = report.occurred_at.unwrap_or(caller.now);
    let before = before.kept()?;
    let handed_over = diesel::update(attempts::table.find((caller.account.id, step.id)))
        .set((
            attempts::state.eq(AttemptState::Done),
            attempts::wake_at.eq(None::<DateTime<Utc>>),
            attempts::outcome.eq(&report.outcome),
            attempts::note.eq(&report.note),
            attempts::duration_seconds.eq(report.duration_seconds),
            attempts::recording_url.eq(&report.recording_url),
            attempts::external_id.eq(&report.external_id),
            attempts::author.eq(caller.actor_name()),
            attempts::occurred_at.eq(occurred_at),
            attempts::before.eq(&before),
        ))
        .execute(conn)?;
    if handed_over > 0 {
        return Ok(());
    }
    let recipient = match channel {
        Channel::Email => live.lead.email.as_deref(),
        _ => live
            .lead
            .phone_e164
            .as_deref()
            .or(live.lead.phone.as_deref()),
    };
    let attempt = NewAttempt {
        account_id: caller.account.id,
        id: step.id,
        lead_id: live.lead.id,
        run_id: live.run.id,
        channel,
        state: AttemptState::Done,
        recipient,
        subject: None,
        body: None,
        html: None,
        outcome: Some(&report.outcome),
        note: report.note.as_deref(),
        duration_seconds: report.duration_seconds,
        recording_url: report.recording_url.as_deref(),
        external_id: report.external_id.as_deref(),
        author: caller.actor_name(),
        why: None,
        before: Some(before),
        failures: 0,
        wake_at: None,
        occurred_at,
        created_at: caller.now,
    };
    engine::attempts(conn, &[attempt])
}
