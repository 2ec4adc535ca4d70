//! Due work, beside the pages or in a process of its own.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::db::Db;
use crate::people;

const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// Works until `stop` says so or its sender is gone. Expired sessions, invitations and counts of
/// sign-in tries are deleted every ten minutes.
pub async fn run(db: Db, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut sweep = interval(SWEEP_EVERY);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = sweep.tick() => {
                let now = clock.now();
                match db.run(move |conn| people::sweep(conn, now)).await {
                    Ok(0) => {}
                    Ok(swept) => tracing::info!(swept, "deleted what had expired"),
                    Err(error) => tracing::error!(%error, "could not delete what had expired"),
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
