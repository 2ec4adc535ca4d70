//! What can keep the private Postgres from starting, said to the person who can change it.

use std::io;
use std::path::{Path, PathBuf};

use super::binaries;

/// Why the private Postgres could not be started.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// Nothing usable is installed.
    #[error(
        "no Postgres {} or newer is installed: `apt-get install postgresql` (Debian, Ubuntu) or `brew install \
         postgresql@17` (macOS) gets it, or set DATABASE_URL to a Postgres you already have",
        binaries::OLDEST
    )]
    NoBinaries,
    /// The chosen folder holds no usable Postgres.
    #[error("{} holds no working `initdb` and `postgres` of version {} or newer", .0.display(), binaries::OLDEST)]
    NotBinaries(PathBuf),
    /// There is data of one major version, and programs of others only.
    #[error(
        "the data in {} belongs to Postgres {major}, which is not installed: install Postgres {major} again (or move \
         the data with its `pg_dumpall`)",
        folder.display()
    )]
    OtherMajor {
        /// The database folder.
        folder: PathBuf,
        /// The major version it was made by.
        major: u32,
    },
    /// We are root, Postgres refuses to be, and there is nobody else to run it as.
    #[error(
        "Postgres refuses to run as root, and there is no user `postgres` or `nobody` to run it as instead"
    )]
    NoUser,
    /// We are root, and the user that Postgres runs as cannot get into its folder.
    #[error(
        "Postgres refuses to run as root, so it runs as `{user}`, who may not enter {}: choose a folder that everybody \
         can reach, such as /var/lib/leadline, with LEADLINE_DATA_DIR",
        path.display()
    )]
    Unreachable {
        /// Who may not enter.
        user: String,
        /// What they may not enter.
        path: PathBuf,
    },
    /// Somebody else made the folder that our socket would be in.
    #[error("{} exists but is not a private folder of the user that Postgres runs as: remove it", .0.display())]
    NotOurs(PathBuf),
    /// The database could not be created.
    #[error("Postgres could not create its data in {}: {said}", folder.display())]
    NotCreated {
        /// Where it should have gone.
        folder: PathBuf,
        /// The last of what the program said.
        said: String,
    },
    /// The server ended instead of becoming ready.
    #[error("Postgres ended while it was starting ({status}): {said}")]
    Died {
        /// How it ended.
        status: std::process::ExitStatus,
        /// The last lines of its log.
        said: String,
    },
    /// The server lives but does not become ready.
    #[error("Postgres in {} was not ready after {seconds} seconds: {said}", data_dir.display())]
    NotReady {
        /// Whose server.
        data_dir: PathBuf,
        /// How long we waited.
        seconds: u64,
        /// The last lines of its log.
        said: String,
    },
    /// The file system or the process table said no.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LocalError {
    /// For `map_err`: names what was being done to which path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}
