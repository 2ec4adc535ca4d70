//! A server of its own for each test, on a database of its own, in one Postgres for the run.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use leadline::clock::Clock;
use leadline::db::local::{self, Durability, LocalPostgres, Options};
use leadline::db::{self, PgConnection};
use leadline::server::{self, Role, Running, Settings};

/// The Postgres of this run; it ends with the process.
pub fn postgres() -> &'static LocalPostgres {
    static POSTGRES: OnceLock<LocalPostgres> = OnceLock::new();
    POSTGRES.get_or_init(|| {
        let data_dir = PathBuf::from(format!("/tmp/leadline-tests-{}", std::process::id()));
        let postgres = local::start(&Options {
            data_dir,
            bin_dir: None,
            durability: Durability::Throwaway,
        })
        .expect("a Postgres for the tests");
        let mut conn = db::connect(postgres.url()).unwrap();
        db::migrate(&mut conn).unwrap();
        postgres
    })
}

/// A database with all tables and nothing in them.
pub fn database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    static COPYING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let postgres = postgres();
    let one_at_a_time = COPYING.lock().unwrap();
    let mut admin: PgConnection = db::connect(&postgres.admin_url()).unwrap();
    admin
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE leadline"))
        .unwrap();
    drop(one_at_a_time);
    postgres.url_for(&name)
}

/// The instant at which every test begins.
pub fn noon() -> DateTime<Utc> {
    "2026-11-19T12:00:00Z".parse().unwrap()
}

/// A running server.
pub struct TestApp {
    pub base: String,
    running: Option<Running>,
}

impl TestApp {
    pub fn start() -> Self {
        let running = server::start(Settings {
            listen: "127.0.0.1:0".parse().unwrap(),
            database_url: database(),
            public_url: None,
            trust_proxy: false,
            workers: std::num::NonZeroUsize::new(1),
            role: Role::Web,
            signals: false,
            clock: Clock::fixed(noon()),
        })
        .unwrap();
        let base = format!("http://{}", running.addr.unwrap());
        Self {
            base,
            running: Some(running),
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}
