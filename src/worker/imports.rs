//! Files whose leads come in, one after another.

use tokio::sync::watch;
use uuid::Uuid;

use super::{LOOK_EVERY, Tools, every};
use crate::enrolment::imports::{self, Job};
use crate::error::{Error, Result};

/// Sees to imports until `stop` says so.
pub async fn run(tools: Tools, mut stop: watch::Receiver<bool>) {
    let mut look = every(LOOK_EVERY);
    let told = stop.clone();
    // Where an import broke off last: an error that comes twice at one place will come again.
    let mut broken = None;
    loop {
        tokio::select! {
            _ = look.tick() => {
                while !*told.borrow() {
                    match one(&tools, &told, &mut broken).await {
                        Ok(true) => {}
                        Ok(false) => break,
                        Err(error) => {
                            tracing::error!(%error, "could not go on with an import");
                            break;
                        }
                    }
                }
            }
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// One import, to its end or until the server stops; whether there was one.
async fn one(
    tools: &Tools,
    stop: &watch::Receiver<bool>,
    broken: &mut Option<(Uuid, i32)>,
) -> Result<bool> {
    let now = tools.clock.now();
    let job = tools
        .db
        .run(move |conn| imports::take_up(conn, now))
        .await?;
    let Some(mut job) = job else {
        return Ok(false);
    };
    loop {
        let place = job.place();
        let (uploads, now) = (tools.uploads.clone(), tools.clock.now());
        let batch = tools.db.run(move |conn| {
            let more = job.go_on(conn, &uploads, now);
            Ok((job, more))
        });
        let more;
        (job, more) = batch.await?;
        match more {
            Ok(true) if !*stop.borrow() => {}
            Ok(true) => return let_go(tools, job).await,
            Ok(false) => return Ok(true),
            Err(error) => {
                if broken.replace(place) == Some(place) {
                    give_up(tools, job).await?;
                } else {
                    let_go(tools, job).await?;
                }
                return Err(error);
            }
        }
    }
}

async fn let_go(tools: &Tools, job: Job) -> Result<bool> {
    tools.db.run(move |conn| job.let_go(conn)).await?;
    Ok(true)
}

async fn give_up(tools: &Tools, job: Job) -> Result<()> {
    let now = tools.clock.now();
    let sentence = "Something went wrong on the server, which its log tells; go on to try again";
    tools
        .db
        .run(move |conn| job.give_up(conn, now, sentence.to_owned()))
        .await
}

/// Files that nobody needs any more are deleted.
pub async fn expire(tools: &Tools) {
    let (uploads, now) = (tools.uploads.clone(), tools.clock.now());
    let swept: Result<usize, Error> = tools
        .db
        .run(move |conn| imports::sweep(conn, &uploads, now))
        .await;
    match swept {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "deleted uploaded files that nobody needs"),
        Err(error) => tracing::error!(%error, "could not delete old uploads"),
    }
}
