//! A file of leads that leaves: a list as it is filtered, in columns that a file may have that comes
//! in. What is written here is read by [`super::file`] again.

mod begin;
mod columns;

pub use begin::{Asked, Export, begin_export};
pub use columns::Columns as ExportColumns;
