//! Due work, done when a test says so.

use std::sync::Arc;

use leadline::db;
use leadline::outreach::Policy;
use leadline::secrets::Sealer;
use leadline::workflows::dispatch::{self, Links};
use leadline::workflows::{advance, settle};

use super::TestApp;

/// More than any test has leads.
const ROUNDS: usize = 1_000;

impl TestApp {
    /// Does what the worker would do by now, until nothing is left to do.
    pub fn work(&self) {
        let mut conn = self.connect();
        for _ in 0..ROUNDS {
            let now = self.clock.now();
            let followed = settle(&mut conn, now).unwrap();
            let moved = advance(&mut conn, now, 500).unwrap();
            if followed + moved + self.hand_over() == 0 {
                return;
            }
        }
        panic!("the work does not end");
    }

    /// Hands over what is queued; how many messages that were.
    fn hand_over(&self) -> usize {
        let mut conn = self.connect();
        let secret = db::secret(&mut conn).unwrap();
        let links = Links {
            public_url: self.base.clone(),
            sealer: Arc::new(Sealer::new(&secret)),
        };
        let now = self.clock.now();
        let parcels = dispatch::claim(&mut conn, &links, now, 100).unwrap();
        let policy = Policy {
            allow_private: true,
        };
        for parcel in &parcels {
            let sent = parcel.send(&policy);
            dispatch::finish(&mut conn, parcel, now, sent).unwrap();
        }
        parcels.len()
    }
}
