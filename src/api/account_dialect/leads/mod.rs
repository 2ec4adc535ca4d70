//! Leads in the account dialect.

mod answer;
mod archive;
mod audit_log;
mod create;
mod destroy;
mod fields;
mod filter;
mod index;
mod input;
mod json;
mod show;
mod update;

pub use archive::{archive, restore};
pub use audit_log::audit_log;
pub use create::create;
pub use destroy::destroy;
pub use fields::field_name;
pub use index::index;
pub use show::show;
pub use update::update;
