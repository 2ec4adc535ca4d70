//! Leadline's own Postgres: found, created, started, joined and stopped without anybody having to know about it.
//!
//! Everything lives in one data folder: `postgres-15/` (the database; the major version is in the name because another
//! major cannot read it), `run/` (the Unix socket, the only way in), `postgres.log`, and `postgres.lock`.
//!
//! The lock file is what makes this safe. Whoever holds its `flock` may create and start the server, and the server
//! and all its children inherit it. So "the lock is free" means that no server of ours is alive on this folder, however
//! the last one ended, and of two programs that start at the same instant one starts Postgres and the other joins it.

mod binaries;
mod cluster;
mod error;
mod pid_file;
mod process;
mod run_as;

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub use error::LocalError;
use process::Server;
use run_as::RunAs;
pub use run_as::is_root;

/// The role that owns everything, and the database that Leadline uses.
const NAME: &str = "leadline";
/// Postgres names its socket after the port; ours is always this one, whatever `PGPORT` says.
const PORT: u16 = 5432;
/// How often a condition is looked at while waiting for it.
const POLL: Duration = Duration::from_millis(10);

/// What the private server is for: people's data, or a test run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit survives a power cut.
    Durable,
    /// fsync is off: fast, and lost with the machine. For tests only.
    Throwaway,
}

impl Durability {
    /// How long to wait for "ready". After a crash there may be gigabytes of log to replay, and giving up half-way
    /// would start that over for ever; a test has nothing to replay.
    fn patience(self) -> Duration {
        match self {
            Self::Durable => Duration::from_secs(600),
            Self::Throwaway => Duration::from_secs(60),
        }
    }
}

/// Where the private server lives and which programs it is made of.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds the database, its socket, log and lock; made when missing.
    pub data_dir: PathBuf,
    /// The folder with `initdb` and `postgres`, when a person has chosen one; looked for otherwise.
    pub bin_dir: Option<PathBuf>,
    /// Whether commits must survive a crash of the machine.
    pub durability: Durability,
}

/// A running private Postgres. The process that started it stops it on [`LocalPostgres::stop`] or drop; one that
/// joined a server that was already there leaves it alone.
#[derive(Debug)]
pub struct LocalPostgres {
    socket_dir: PathBuf,
    url: String,
    server: Option<Server>,
}

/// Starts the private Postgres of `options.data_dir`, creating it the first time, or joins the one that runs there.
/// Blocks until it takes connections: about a second the first time, a tenth of one later.
///
/// # Errors
/// See [`LocalError`]; each one reads as a sentence that says what to do.
pub fn start(options: &Options) -> Result<LocalPostgres, LocalError> {
    let data_dir = made(&options.data_dir)?;
    let lock_path = data_dir.join("postgres.lock");
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&lock_path)
        .map_err(LocalError::io("open", &lock_path))?;
    let deadline = Instant::now() + options.durability.patience();
    loop {
        if let Some(socket_dir) = live(&data_dir) {
            return Ok(LocalPostgres::new(socket_dir, None));
        }
        match lock.try_lock() {
            Ok(()) => return start_locked(options, &data_dir, &lock, deadline),
            // Somebody else is starting it, or the last one is still on its way out.
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(POLL),
            Err(TryLockError::WouldBlock) => {
                return Err(LocalError::NotReady {
                    seconds: options.durability.patience().as_secs(),
                    said: process::last_words(&log_path(&data_dir), 0),
                    data_dir,
                });
            }
            Err(TryLockError::Error(source)) => {
                return Err(LocalError::io("lock", &lock_path)(source));
            }
        }
    }
}

/// The part of [`start`] that only one process at a time is in.
fn start_locked(
    options: &Options,
    data_dir: &Path,
    lock: &File,
    deadline: Instant,
) -> Result<LocalPostgres, LocalError> {
    let existing = cluster::newest(data_dir);
    let run_as = RunAs::choose(
        existing
            .map(|major| cluster::folder(data_dir, major))
            .as_deref(),
    )?;
    run_as.enter(data_dir)?;
    let binaries = binaries::find(options.bin_dir.as_deref(), data_dir, existing, &run_as)?;
    let folder = cluster::folder(data_dir, binaries.major);
    if existing.is_none() {
        cluster::create(&folder, &binaries, &run_as, options.durability, lock)?;
    }
    let socket_dir = cluster::socket_dir(data_dir);
    pid_file::forget_if_stale(&folder, &cluster::socket(&socket_dir));
    run_as.own_private_dir(&socket_dir)?;

    let log_path = log_path(data_dir);
    let (log, log_start) = process::open_log(&log_path)?;
    let mut command = run_as.command(&binaries.postgres());
    command
        .arg("-D")
        .arg(&folder)
        .args(cluster::settings(options.durability, &socket_dir))
        .stderr(log);
    let server =
        Server::spawn(command, lock).map_err(LocalError::io("run", &binaries.postgres()))?;
    // From here on an early return drops `postgres`, which stops the server.
    let mut postgres = LocalPostgres::new(socket_dir, Some(server));
    loop {
        if live(data_dir).is_some() {
            return Ok(postgres);
        }
        if let Some(status) = postgres.server.as_mut().and_then(Server::ended) {
            return Err(LocalError::Died {
                status,
                said: process::last_words(&log_path, log_start),
            });
        }
        if Instant::now() >= deadline {
            return Err(LocalError::NotReady {
                data_dir: data_dir.to_owned(),
                seconds: options.durability.patience().as_secs(),
                said: process::last_words(&log_path, log_start),
            });
        }
        sleep(POLL);
    }
}

impl LocalPostgres {
    fn new(socket_dir: PathBuf, server: Option<Server>) -> Self {
        let url = url(&socket_dir, NAME);
        Self {
            socket_dir,
            url,
            server,
        }
    }

    /// The URL of Leadline's database, for any libpq client. It has a query, so more parameters are added with `&`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL of the `postgres` database, from which others are created and dropped.
    pub fn admin_url(&self) -> String {
        self.url_for("postgres")
    }

    /// The URL of another database of this server, which need not exist yet.
    pub fn url_for(&self, database: &str) -> String {
        url(&self.socket_dir, database)
    }

    /// Ends the server and waits for it (open transactions are rolled back, what was committed is on disk), if this
    /// process started it.
    pub fn stop(self) {}
}

impl Drop for LocalPostgres {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }
}

/// The socket folder of the server that takes connections on this data folder, if there is one. A pid file that
/// outlived its server says "ready" too, but then nobody listens on the socket.
fn live(data_dir: &Path) -> Option<PathBuf> {
    let major = cluster::newest(data_dir)?;
    let found = pid_file::read(&cluster::folder(data_dir, major))?;
    (found.ready && UnixStream::connect(cluster::socket(&found.socket_dir)).is_ok())
        .then_some(found.socket_dir)
}

/// The data folder, made if need be, as the absolute path that Postgres needs (it runs in `/`). Nobody else's business,
/// and from its first moment on, since another process may be making it too.
fn made(data_dir: &Path) -> Result<PathBuf, LocalError> {
    let make = || {
        if let Some(parent) = data_dir.parent() {
            fs::create_dir_all(parent)?;
        }
        DirBuilder::new().mode(0o700).create(data_dir)
    };
    match make() {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(LocalError::io("create", data_dir)(error))
        }
        _ => data_dir
            .canonicalize()
            .map_err(LocalError::io("find", data_dir)),
    }
}

fn log_path(data_dir: &Path) -> PathBuf {
    data_dir.join("postgres.log")
}

fn url(socket_dir: &Path, database: &str) -> String {
    let host = percent_encoded(socket_dir.as_os_str());
    let database = percent_encoded(OsStr::new(database));
    format!("postgres://{NAME}@/{database}?host={host}&port={PORT}")
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
fn percent_encoded(text: &OsStr) -> String {
    text.as_bytes()
        .iter()
        .fold(String::new(), |mut out, &byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_the_socket_folder_in_a_way_that_libpq_reads() {
        assert_eq!(
            url(Path::new("/srv/my data/run"), "leadline"),
            "postgres://leadline@/leadline?host=%2Fsrv%2Fmy%20data%2Frun&port=5432"
        );
        assert!(url(Path::new("/x"), "a/b?c").starts_with("postgres://leadline@/a%2Fb%3Fc?host="));
    }
}
