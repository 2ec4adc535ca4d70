//! Threads for work that is slow on purpose, password hashing above all, so that it holds up
//! neither the requests nor the threads that wait for the database.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// Jobs that may wait; with two threads and a tenth of a second each, about three seconds' worth.
const WAITING: usize = 64;

type Job = Box<dyn FnOnce() + Send>;

/// A few threads and a queue before them. Cheap to clone; the threads end with the last clone.
#[derive(Clone)]
pub struct Slow {
    jobs: SyncSender<Job>,
}

impl Slow {
    /// Starts `threads` threads.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system gives no thread.
    pub fn new(threads: usize) -> Result<Self> {
        let (jobs, queue) = sync_channel::<Job>(WAITING);
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..threads {
            let queue = Arc::clone(&queue);
            thread::Builder::new()
                .name(format!("slow-{number}"))
                .spawn(move || work(&queue))
                .map_err(Error::internal)?;
        }
        Ok(Self { jobs })
    }

    /// Runs a job on one of the threads.
    ///
    /// # Errors
    /// Those of the job; [`Error::TooMany`] when too many wait already; [`Error::Internal`] when
    /// the job panics.
    pub async fn run<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Nobody listens when the request was given up, and that is fine.
            let _ = done.send(job());
        });
        self.jobs.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::TooMany {
                retry_after_seconds: 3,
            },
            TrySendError::Disconnected(_) => Error::internal("the slow threads are gone"),
        })?;
        result
            .await
            .map_err(|_| Error::internal("a slow job panicked"))?
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // The job's own sender is dropped by a panic, which is how its caller learns of it.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_gives_its_result() {
        let slow = Slow::new(1).unwrap();
        assert_eq!(slow.run(|| Ok(1 + 1)).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_thread_lives_on() {
        let slow = Slow::new(1).unwrap();
        let failed = slow.run(|| -> Result<()> { panic!("on purpose") }).await;
        assert!(matches!(failed, Err(Error::Internal(_))));
        assert_eq!(slow.run(|| Ok("still here")).await.unwrap(), "still here");
    }

    #[tokio::test]
    async fn a_full_queue_says_when_to_come_back() {
        let slow = Slow::new(1).unwrap();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (started, has_started) = oneshot::channel();
        let busy = tokio::spawn({
            let slow = slow.clone();
            async move {
                slow.run(move || {
                    let _ = started.send(());
                    let _ = held.recv();
                    Ok(())
                })
                .await
            }
        });
        has_started.await.unwrap();
        for _ in 0..WAITING {
            slow.jobs.try_send(Box::new(|| ())).unwrap();
        }
        let refused = slow.run(|| Ok(())).await;
        assert!(matches!(
            refused,
            Err(Error::TooMany {
                retry_after_seconds: 3
            })
        ));
        release.send(()).unwrap();
        busy.await.unwrap().unwrap();
    }
}
