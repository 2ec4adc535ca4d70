//! What kind of Postgres this is, and how far its tables are: looked at, never changed.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

use super::migrations;
use crate::error::Result;

/// What a look at the database found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspection {
    /// The major version, as 17.
    pub major: i32,
    /// Whether `pg_trgm` is there or can be created.
    pub has_trigrams: bool,
    /// How many migrations are still to run; none known of an empty database.
    pub pending: Option<usize>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Bool)]
    has_trigrams: bool,
    #[diesel(sql_type = Bool)]
    has_tables: bool,
}

/// Looks at the database.
///
/// # Errors
/// [`crate::error::Error::Internal`] when it can't be asked.
pub fn inspect(conn: &mut PgConnection) -> Result<Inspection> {
    let row: Row = diesel::sql_query(
        "SELECT current_setting('server_version_num')::integer AS version, \
         EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS has_trigrams, \
         to_regclass('__diesel_schema_migrations') IS NOT NULL AS has_tables",
    )
    .get_result(conn)?;
    // Asking for the pending ones creates the table they are counted by.
    let pending = if row.has_tables {
        Some(migrations::pending(conn)?)
    } else {
        None
    };
    Ok(Inspection {
        major: row.version / 10_000,
        has_trigrams: row.has_trigrams,
        pending,
    })
}
