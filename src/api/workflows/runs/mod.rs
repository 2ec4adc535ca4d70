//! The leads of a workflow (contract §3).

mod destroy;
mod enrol;
mod enrolled_json;
mod history;
mod index;
mod outcomes;

pub use destroy::remove_run;
pub use enrol::enrol;
pub use history::run_history;
pub use index::runs;
pub use outcomes::report_outcome;
