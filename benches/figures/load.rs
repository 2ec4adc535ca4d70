//! Many clients at once, and what they saw.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use crate::http::Connection;

/// What a number of requests took.
#[derive(Debug, Clone)]
pub struct Times {
    each: Vec<Duration>,
    over: Duration,
}

impl Times {
    /// From the times of requests made one after the other, or at once, within `over`.
    pub fn new(mut each: Vec<Duration>, over: Duration) -> Self {
        each.sort_unstable();
        Self { each, over }
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.each.len() as f64 / self.over.as_secs_f64()
    }

    /// The time that this share of the requests kept, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let at = (self.each.len() as f64 * share) as usize;
        let time = self.each.get(at.min(self.each.len().saturating_sub(1)));
        time.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// `clients` that each ask `request(client, turn)` again and again for `seconds`, after a second
/// to warm up. Every answer must have `status`.
///
/// # Errors
/// When one has not.
pub fn run(
    addr: SocketAddr,
    clients: usize,
    seconds: u64,
    status: u16,
    request: impl Fn(usize, usize) -> Vec<u8> + Send + Sync + 'static,
) -> Result<Times> {
    let request = Arc::new(request);
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + Duration::from_secs(seconds);
    let clients: Vec<_> = (0..clients)
        .map(|client| {
            let request = Arc::clone(&request);
            thread::spawn(move || -> Result<Vec<Duration>> {
                let mut connection = Connection::open(addr)?;
                let mut each = Vec::new();
                for turn in 0.. {
                    let bytes = request(client, turn);
                    let sent = Instant::now();
                    connection.send(&bytes)?.with(status)?;
                    let answered = Instant::now();
                    if answered > end {
                        break;
                    }
                    if sent >= begin {
                        each.push(answered - sent);
                    }
                }
                Ok(each)
            })
        })
        .collect();
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.join().map_err(|_| anyhow!("a client panicked"))??);
    }
    Ok(Times::new(all, Duration::from_secs(seconds)))
}
