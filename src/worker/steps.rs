//! Steps whose time has come.

use tokio::sync::watch;

use super::Tools;
use crate::error::Result;
use crate::workflows;

/// How many runs one transaction takes on: few enough that nobody waits long for a lead in it.
const BATCH: i64 = 500;

/// Takes on what is due, batch after batch, until nothing is or the server stops.
pub async fn look(tools: &Tools, stop: &watch::Receiver<bool>) {
    while !*stop.borrow() {
        match batch(tools).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "could not take on what is due");
                return;
            }
        }
    }
}

/// Tasks of people who went away since they got them are looked at again.
pub async fn wake(tools: &Tools) {
    let now = tools.clock.now();
    let woken = tools
        .db
        .run(move |conn| workflows::wake_tasks_of_the_absent(conn, now));
    match woken.await {
        Ok(0) => {}
        Ok(tasks) => tracing::info!(tasks, "looked again at tasks of people who are away"),
        Err(error) => tracing::error!(%error, "could not look for tasks of people who are away"),
    }
}

/// One batch of due steps, and one of leads that follow their workflow; how many it were.
async fn batch(tools: &Tools) -> Result<usize> {
    let now = tools.clock.now();
    let settled = tools
        .db
        .run(move |conn| workflows::settle(conn, now))
        .await?;
    let advanced = tools
        .db
        .run(move |conn| workflows::advance(conn, now, BATCH))
        .await?;
    Ok(settled + advanced)
}
