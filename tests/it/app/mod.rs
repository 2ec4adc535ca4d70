//! A server of its own for each test, on a database of its own, in one Postgres for the run; and
//! clients that know it only by HTTP.

mod api;
mod browser;
mod cadence;
mod codes;
mod firm;
mod form;
mod listener;
mod page;
mod postgres;
mod raw;
mod read;
mod sound;
mod staff;
mod statements;
mod tried;
mod upload;
mod work;

pub use api::{Answer, WithKey};
pub use browser::Browser;
pub use cadence::{Enrolled, text};
pub use codes::{Phone, recovery_codes, with_codes};
pub use firm::{Firm, PASSWORD};
pub use form::Form;
pub use listener::Listener;
pub use page::Page;
pub use postgres::Database;
pub use raw::RawAnswer;
pub use tried::tried;

use std::num::NonZeroUsize;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use leadline::clock::Clock;
use leadline::db::PgConnection;
use leadline::enrolment::imports;
use leadline::outreach::Policy;
use leadline::server::{self, Role, Running, Settings};
use leadline::uploads::Uploads;

/// The instant at which every test begins: a Thursday.
pub fn noon() -> DateTime<Utc> {
    "2026-11-19T12:00:00Z".parse().unwrap()
}

/// A running server.
pub struct TestApp {
    pub base: String,
    pub database: Database,
    pub clock: Clock,
    /// The folder of its data, where uploads are kept.
    pub data: tempfile::TempDir,
    running: Option<Running>,
}

impl TestApp {
    /// A server without an account.
    pub fn start() -> Self {
        Self::start_with(|_| ())
    }

    /// The same with other settings.
    pub fn start_with(set: impl FnOnce(&mut Settings)) -> Self {
        statements::watch();
        let database = Database::copy();
        let clock = Clock::fixed(noon());
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            uploads: Uploads::of(data.path()),
            listen: "127.0.0.1:0".parse().unwrap(),
            database_url: database.url.clone(),
            public_url: None,
            trust_proxy: false,
            policy: Policy::default(),
            workers: NonZeroUsize::new(1),
            role: Role::Web,
            signals: false,
            clock: clock.clone(),
        };
        set(&mut settings);
        let running = server::start(settings).unwrap();
        Self {
            base: format!("http://{}", running.addr.unwrap()),
            database,
            clock,
            data,
            running: Some(running),
        }
    }

    /// Where its uploads are kept.
    pub fn uploads(&self) -> Uploads {
        Uploads::of(self.data.path())
    }

    /// What the worker does about imports, until it has nothing left to do.
    pub fn import_all(&self) {
        let mut conn = self.connect();
        let now = self.clock.now();
        while let Some(mut job) = imports::take_up(&mut conn, now).unwrap() {
            while job.go_on(&mut conn, &self.uploads(), now).unwrap() {}
        }
    }

    /// A browser that nobody is signed in at.
    pub fn visitor(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// A program with this key.
    pub fn with_key(&self, key: &str) -> WithKey {
        WithKey::new(&self.base, Some(key))
    }

    /// A program without one.
    pub fn without_key(&self) -> WithKey {
        WithKey::new(&self.base, None)
    }

    /// An account with one person of each role.
    pub fn firm(&self, name: &str) -> Firm<'_> {
        Firm::found(self, name)
    }

    /// Lets time pass.
    pub fn wait(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// A connection to the server's database, for what can't be seen from outside.
    pub fn connect(&self) -> PgConnection {
        self.database.connect()
    }

    /// What the server asks the database while `work` is done.
    pub fn statements<T>(&self, work: impl FnOnce() -> T) -> (T, Vec<String>) {
        let before = statements::of(&self.database.url).len();
        let done = work();
        let mut all = statements::of(&self.database.url);
        (done, all.split_off(before))
    }

    /// Sends these bytes and takes what comes back, whether the server wants to read them all or
    /// not.
    pub fn raw(&self, bytes: &[u8]) -> RawAnswer {
        raw::send(&self.base, bytes)
    }
}

impl TestApp {
    /// Begins to stop the server, as a signal does; ends when it has stopped.
    pub fn stop(&mut self) -> thread::JoinHandle<()> {
        let running = self.running.take().unwrap();
        thread::spawn(move || running.stop().unwrap())
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}
