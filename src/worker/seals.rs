//! Audit entries that are to be sealed.

use tokio::sync::watch;

use super::{LOOK_EVERY, Tools, every};
use crate::audit;

/// Seals what has been written until `stop` says so. Beside the steps, not between them: after a
/// large file there is much to seal, and no step is to wait for it.
pub async fn run(tools: Tools, mut stop: watch::Receiver<bool>) {
    let mut look = every(LOOK_EVERY);
    let told = stop.clone();
    loop {
        tokio::select! {
            _ = look.tick() => {
                while !*told.borrow() && one(&tools).await {}
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Makes one seal; whether there may be more to seal.
async fn one(tools: &Tools) -> bool {
    let now = tools.clock.now();
    let sealed = tools.db.run(move |conn| audit::seal(conn, now)).await;
    match sealed {
        Ok(entries) => entries > 0,
        Err(error) => {
            tracing::error!(%error, "could not seal audit entries");
            false
        }
    }
}
