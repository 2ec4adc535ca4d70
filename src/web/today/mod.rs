//! Today: the work queue. One lead fills the page; each outcome is one form that ends in the
//! next lead.

mod desk;
mod local_time;
mod outcomes;
mod reach;
mod release;
mod report;
mod show;
mod skip;
mod stale;
mod undo;

pub(in crate::web) use outcomes::said as outcome_said;
pub use release::release;
pub use report::report;
pub use show::show;
pub use skip::skip;
pub use undo::undo;
