//! The database: the pool, the tables, migrations, and a private Postgres for those who have none.

mod counted;
mod inspection;
mod instance;
pub mod local;
mod migrations;
mod pool;
#[allow(missing_docs)]
pub mod schema;
mod text_enum;
mod write_rows;

pub(crate) use counted::Counted;
pub use diesel::pg::PgConnection;
pub use inspection::{Inspection, inspect};
pub use instance::secret;
pub use migrations::{down_all, migrate, pending};
pub use pool::{Db, connect};
pub use text_enum::UnknownWord;
pub(crate) use text_enum::text_enum;
pub(crate) use write_rows::{COPY_FROM, write_rows};
