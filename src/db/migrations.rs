//! The migrations, embedded in the binary. They run at start, one process at a time.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// Any number, as long as every process takes the same one.
const LOCK: i64 = 5_318_008_111;

/// Brings the database up to date; other processes that start at the same time wait.
///
/// # Errors
/// [`Error::Internal`] when a migration fails; those before it stay applied.
pub fn migrate(conn: &mut PgConnection) -> Result<usize> {
    locked(conn, |conn| {
        Ok(conn
            .run_pending_migrations(MIGRATIONS)
            .map_err(Error::internal)?
            .len())
    })
}

/// Takes every migration back, down to an empty database; the tests walk down and up again.
///
/// # Errors
/// [`Error::Internal`] when a migration can't be taken back.
pub fn down_all(conn: &mut PgConnection) -> Result<usize> {
    locked(conn, |conn| {
        Ok(conn
            .revert_all_migrations(MIGRATIONS)
            .map_err(Error::internal)?
            .len())
    })
}

/// How many migrations are still to run.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn pending(conn: &mut PgConnection) -> Result<usize> {
    Ok(conn
        .pending_migrations(MIGRATIONS)
        .map_err(Error::internal)?
        .len())
}

fn locked(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<usize>,
) -> Result<usize> {
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    let done = work(conn);
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
    done
}
