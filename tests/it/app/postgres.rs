//! The Postgres of the run, and a database for each test.

use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::{env, fs};

use diesel::connection::SimpleConnection;
use leadline::db::local::{self, Durability, LocalPostgres, Options};
use leadline::db::{self, PgConnection};

/// A database with all tables and nothing in them, as long as the test needs it.
pub struct Database {
    pub url: String,
    name: String,
}

impl Database {
    /// A copy of the one that was migrated.
    pub fn copy() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        // Written to the log page by page, as is usual, it takes twice as long.
        admin(&format!(
            "CREATE DATABASE {name} TEMPLATE leadline STRATEGY FILE_COPY"
        ));
        let url = postgres().url_for(&name);
        Self { url, name }
    }

    pub fn connect(&self) -> PgConnection {
        db::connect(&self.url).unwrap()
    }
}

impl Drop for Database {
    // Hundreds of them would fill the disk.
    fn drop(&mut self) {
        admin(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// It ends with the process.
fn postgres() -> &'static LocalPostgres {
    static POSTGRES: OnceLock<LocalPostgres> = OnceLock::new();
    POSTGRES.get_or_init(|| {
        forget_ended_runs();
        let data_dir = folder().join(format!("{PREFIX}{}", process::id()));
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

/// One at a time: a template can't be copied while somebody looks at it.
fn admin(sql: &str) {
    static ADMIN: OnceLock<Mutex<PgConnection>> = OnceLock::new();
    let admin = ADMIN.get_or_init(|| Mutex::new(db::connect(&postgres().admin_url()).unwrap()));
    admin.lock().unwrap().batch_execute(sql).unwrap();
}

const PREFIX: &str = "leadline-tests-";

fn folder() -> PathBuf {
    env::temp_dir()
}

/// A test program has no last moment in which to clear up, so the next one does.
fn forget_ended_runs() {
    for entry in fs::read_dir(folder()).unwrap().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if process.is_some_and(|process| !lives(process)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn lives(process: &str) -> bool {
    let processes = Path::new("/proc");
    if processes.join("self").exists() {
        return processes.join(process).exists();
    }
    let mut ask = Command::new("kill");
    ask.args(["-0", process]).stderr(Stdio::null());
    ask.status().is_ok_and(|status| status.success())
}
