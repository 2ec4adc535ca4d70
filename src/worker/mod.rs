//! Due work, beside the pages or in a process of its own: steps whose time has come, messages to be
//! handed over, files whose leads come in, leads that follow a move of their workflow, audit entries
//! to be sealed, and what has expired.

mod imports;
mod messages;
mod seals;
mod steps;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::db::Db;
use crate::outreach::Policy;
use crate::people;
use crate::slow::Slow;
use crate::uploads::Uploads;
use crate::workflows::dispatch::Links;

const SWEEP_EVERY: Duration = Duration::from_secs(600);
/// How late a step may be that nobody waits for: the worker looks this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What due work needs.
#[derive(Clone)]
pub struct Tools {
    /// The database.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Clock,
    /// Threads that wait for other systems.
    pub slow: Slow,
    /// What the links of messages are made of.
    pub links: Arc<Links>,
    /// Which addresses may be reached.
    pub policy: Policy,
    /// Where uploaded files are.
    pub uploads: Uploads,
}

/// Works until `stop` says so or its sender is gone; what is under way then is finished.
pub async fn run(tools: Tools, mut stop: watch::Receiver<bool>) {
    let mut sweep = every(SWEEP_EVERY);
    let mut look = every(LOOK_EVERY);
    let told = stop.clone();
    let sending = tokio::task::spawn_local(messages::run(tools.clone(), stop.clone()));
    let sealing = tokio::task::spawn_local(seals::run(tools.clone(), stop.clone()));
    let importing = tokio::task::spawn_local(imports::run(tools.clone(), stop.clone()));
    loop {
        tokio::select! {
            _ = sweep.tick() => {
                steps::wake(&tools).await;
                expire(&tools).await;
                imports::expire(&tools).await;
            }
            _ = look.tick() => steps::look(&tools, &told).await,
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    // They listen to the same word.
    let _ = sending.await;
    let _ = importing.await;
    let _ = sealing.await;
}

/// An interval that skips what it missed.
fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Expired sessions, invitations and counts of sign-in tries are deleted.
async fn expire(tools: &Tools) {
    let now = tools.clock.now();
    match tools.db.run(move |conn| people::sweep(conn, now)).await {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "deleted what had expired"),
        Err(error) => tracing::error!(%error, "could not delete what had expired"),
    }
}
