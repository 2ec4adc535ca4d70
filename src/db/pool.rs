//! The pool and the only way from async code to the database.

use std::time::{Duration, Instant};

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, ManageConnection, Pool, PooledConnection};

use crate::error::{Error, Result};

/// A connection idle for longer than this is asked whether it still lives before it is used, so
/// that a restarted Postgres costs nobody an error and a busy connection costs no round trip.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// The pool. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
}

impl Db {
    /// A pool of at most `size` connections, opened when needed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the URL can't be used at all.
    pub fn new(url: &str, size: u32) -> Result<Self> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(true)
            .build_unchecked(Manager(ConnectionManager::new(url)));
        Ok(Self { pool })
    }

    /// Runs blocking work with a connection on a thread that may block.
    ///
    /// # Errors
    /// Those of the work, and [`Error::Internal`] when no connection is to be had within 5 s.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
    {
        let pool = self.pool.clone();
        tokio::task::spawn_blocking(move || work(&mut checkout(&pool)?.conn))
            .await
            .map_err(Error::internal)?
    }

    /// The same from code that is not async: the command line, start-up, tests.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub fn run_blocking<T>(&self, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        work(&mut checkout(&self.pool)?.conn)
    }

    /// How many connections are open, and how many of them idle.
    pub fn connections(&self) -> (u32, u32) {
        let state = self.pool.state();
        (state.connections, state.idle_connections)
    }
}

/// One connection outside any pool, as migrations and the command line use.
///
/// # Errors
/// [`Error::Internal`] when Postgres can't be reached.
pub fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::establish(url).map_err(Error::internal)
}

fn checkout(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get().map_err(Error::internal)
}

struct Manager(ConnectionManager<PgConnection>);

struct Stamped {
    conn: PgConnection,
    last_used: Instant,
}

impl ManageConnection for Manager {
    type Connection = Stamped;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Stamped, Self::Error> {
        Ok(Stamped {
            conn: self.0.connect()?,
            last_used: Instant::now(),
        })
    }

    fn is_valid(&self, stamped: &mut Stamped) -> Result<(), Self::Error> {
        if stamped.last_used.elapsed() > TRUSTED_FOR {
            self.0.is_valid(&mut stamped.conn)?;
        }
        Ok(())
    }

    fn has_broken(&self, stamped: &mut Stamped) -> bool {
        stamped.last_used = Instant::now();
        self.0.has_broken(&mut stamped.conn)
    }
}
