//! Messages that are to leave.

use std::sync::Arc;

use futures_util::future::join_all;
use tokio::sync::watch;

use super::{LOOK_EVERY, Tools, every};
use crate::error::Result;
use crate::workflows::dispatch::{self, Parcel};

/// How many are on their way at once: as many as there are threads to wait for them.
const AT_ONCE: i64 = 8;

/// Hands messages over until `stop` says so.
pub async fn run(tools: Tools, mut stop: watch::Receiver<bool>) {
    let mut look = every(LOOK_EVERY);
    let told = stop.clone();
    loop {
        tokio::select! {
            _ = look.tick() => {
                while !*told.borrow() {
                    match batch(&tools).await {
                        Ok(0) => break,
                        Ok(_) => {}
                        Err(error) => {
                            tracing::error!(%error, "could not hand over what is queued");
                            break;
                        }
                    }
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// One batch, sent side by side; how many it were.
async fn batch(tools: &Tools) -> Result<usize> {
    let (now, links) = (tools.clock.now(), Arc::clone(&tools.links));
    let claimed = tools
        .db
        .run(move |conn| dispatch::claim(conn, &links, now, AT_ONCE))
        .await?;
    let count = claimed.len();
    let sent = join_all(claimed.into_iter().map(|parcel| hand_over(tools, parcel))).await;
    sent.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(count)
}

async fn hand_over(tools: &Tools, parcel: Parcel) -> Result<()> {
    let policy = tools.policy;
    let parcel = Arc::new(parcel);
    let on_its_way = Arc::clone(&parcel);
    let sent = tools.slow.run(move || Ok(on_its_way.send(&policy))).await?;
    let now = tools.clock.now();
    tools
        .db
        .run(move |conn| dispatch::finish(conn, &parcel, now, sent))
        .await
}
