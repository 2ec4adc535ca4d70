//! Leads, in the standard dialect (contract §2).

mod archive;
mod cadence;
mod create;
mod created_json;
mod destroy;
mod filter;
mod index;
mod input;
mod json;
mod show;
mod update;

pub use archive::{archive, restore};
pub use cadence::{
    assign_workflow, audit_log, history, is_paused, resume_automation, set_status, stop_automation,
};
pub use create::create;
pub use destroy::destroy;
pub use index::index;
pub use show::show;
pub use update::update;
