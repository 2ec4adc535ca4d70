//! Workflows (contract §3).

mod create;
mod destroy;
mod duplicate;
mod edges;
mod index;
mod json;
mod lifecycle;
mod nodes;
mod runs;
mod show;
mod statuses;
mod update;

pub use create::create;
pub use destroy::destroy;
pub use duplicate::duplicate;
pub use edges::{add_edge, delete_edge, edges};
pub use index::index;
pub use lifecycle::{activate, cancel, pause, resume};
pub use nodes::{add_node, delete_node, nodes, update_node};
pub use runs::{enrol, remove_run, report_outcome, run_history, runs};
pub use show::show;
pub use statuses::{add_status, delete_status, statuses, update_status};
pub use update::update;
