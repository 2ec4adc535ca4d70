//! What came of sending.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::super::cadence;
use super::super::engine::{self, Ground, Live, REPORT_WITHIN, Ready, Turn};
use super::super::words::AttemptState;
use super::parcel::Parcel;
use crate::caller::Caller;
use crate::connectors::{self, Channel};
use crate::db::schema::{attempts, workflow_run_steps};
use crate::error::{Error, Result};
use crate::outreach::{Failure, Sent};

/// How long to wait before the next try to hand a message over; after the last it has failed.
const BACKOFF_MINUTES: [i64; 6] = [1, 5, 15, 60, 240, 720];

/// Writes down what came of sending, and what follows for the run. Doing it twice does nothing.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn finish(
    conn: &mut PgConnection,
    parcel: &Parcel,
    now: DateTime<Utc>,
    sent: std::result::Result<Sent, Failure>,
) -> Result<()> {
    let caller = Caller {
        now,
        ..parcel.caller.clone()
    };
    conn.transaction(|conn| {
        let held = engine::hold(conn, &caller, parcel.lead_id);
        // A lead that was deleted meanwhile took its tries with it.
        let (_, live) = match held {
            Err(Error::NotFound(_)) => return Ok(()),
            held => held?,
        };
        let waits = attempts::table
            .find((caller.account.id, parcel.message.id))
            .filter(attempts::state.eq(AttemptState::Sending))
            .select(attempts::id);
        if waits.first::<uuid::Uuid>(conn).optional()?.is_none() {
            return Ok(());
        }
        match sent {
            Ok(sent) => {
                connectors::recovered(conn, caller.account.id, parcel.channel)?;
                taken(conn, &caller, parcel, live, sent)
            }
            Err(failure) => refused(conn, &caller, parcel, live, failure),
        }
    })
}

/// The run, while it still is at the step that was sent.
fn at_step<'a>(parcel: &Parcel, live: &'a Option<Live>) -> Option<&'a Live> {
    let live = live.as_ref()?;
    (live.step.as_ref()?.id == parcel.message.id).then_some(live)
}

fn taken(
    conn: &mut PgConnection,
    caller: &Caller,
    parcel: &Parcel,
    live: Option<Live>,
    sent: Sent,
) -> Result<()> {
    // A call is over when its dialer says so; a message is, once it was taken.
    let at_once = match parcel.channel {
        Channel::Call => None,
        channel => Some(engine::success(channel).to_owned()),
    };
    let outcome = sent.outcome.or(at_once);
    let state = match outcome {
        Some(_) => AttemptState::Done,
        None => AttemptState::Sent,
    };
    diesel::update(attempts::table.find((caller.account.id, parcel.message.id)))
        .set((
            attempts::state.eq(state),
            attempts::wake_at.eq(None::<DateTime<Utc>>),
            attempts::reference.eq(sent.reference),
            attempts::outcome.eq(&outcome),
            attempts::occurred_at.eq(caller.now),
            attempts::why.eq(None::<String>),
        ))
        .execute(conn)?;
    let Some(live) = at_step(parcel, &live) else {
        return Ok(());
    };
    match outcome {
        Some(outcome) => follow(conn, caller, live, &outcome, true, None),
        None => {
            diesel::update(workflow_run_steps::table.find((caller.account.id, parcel.message.id)))
                .set((
                    workflow_run_steps::wake_at.eq(caller.now + REPORT_WITHIN),
                    workflow_run_steps::why.eq("handed over; its report is awaited"),
                ))
                .execute(conn)?;
            Ok(())
        }
    }
}

fn refused(
    conn: &mut PgConnection,
    caller: &Caller,
    parcel: &Parcel,
    live: Option<Live>,
    failure: Failure,
) -> Result<()> {
    let failures = parcel.failures + 1;
    let pause = usize::try_from(parcel.failures)
        .ok()
        .and_then(|times| BACKOFF_MINUTES.get(times));
    let why = failure.to_string();
    if let Failure::Retry(_) = failure {
        connectors::failed(conn, caller.account.id, parcel.channel, &why, caller.now)?;
    }
    let again = match (&failure, pause) {
        (Failure::Retry(_), Some(minutes)) => Some(caller.now + TimeDelta::minutes(*minutes)),
        _ => None,
    };
    let state = match again {
        Some(_) => AttemptState::Queued,
        None => AttemptState::Failed,
    };
    let outcome = again.is_none().then(|| engine::failure(parcel.channel));
    diesel::update(attempts::table.find((caller.account.id, parcel.message.id)))
        .set((
            attempts::state.eq(state),
            attempts::wake_at.eq(again),
            attempts::failures.eq(failures),
            attempts::outcome.eq(outcome),
            attempts::why.eq(&why),
        ))
        .execute(conn)?;
    let Some(live) = at_step(parcel, &live) else {
        return Ok(());
    };
    if let Some(again) = again {
        let said = format!(
            "could not be handed over ({why}); tried again at {}",
            again
                .with_timezone(&caller.account.time_zone)
                .format("%a %H:%M")
        );
        diesel::update(workflow_run_steps::table.find((caller.account.id, parcel.message.id)))
            .set((
                workflow_run_steps::wake_at.eq(again + REPORT_WITHIN),
                workflow_run_steps::why.eq(said),
            ))
            .execute(conn)?;
        return Ok(());
    }
    // What may have arrived, or never will, is not tried again; what failed for now may be.
    let tried_again = matches!(failure, Failure::Retry(_));
    follow(
        conn,
        caller,
        live,
        engine::failure(parcel.channel),
        tried_again,
        Some(why),
    )
}

/// What follows from the outcome for the run.
fn follow(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    outcome: &str,
    tried_again: bool,
    why: Option<String>,
) -> Result<()> {
    let ground = Ground::load(conn, std::slice::from_ref(live))?;
    let (Some((place, heir)), Some(step)) = (ground.place(live), &live.step) else {
        return Ok(());
    };
    let moment = ground.moment(live, caller.now)?;
    let channel = step.node_type.leaves_by().unwrap_or(Channel::Application);
    let turn: Turn<'_> = match why {
        Some(why) if !tried_again => {
            let ready = Ready {
                live,
                place,
                heir,
                channel,
                until: caller.now,
            };
            engine::fails(caller, &ground, ready, why)?
        }
        why => {
            let reached = why.is_none().then_some(caller.now);
            let next = cadence::reported(place, outcome, None, moment);
            let outcome = Some(outcome.to_owned());
            let turn = engine::leave(caller, &ground, live, heir, outcome, next, reached);
            match why {
                Some(why) => turn.because(why),
                None => turn,
            }
        }
    };
    engine::turns(conn, caller, &ground, &[turn])
}
