//! What people, dialers and integrators do with a run: report an outcome, hold it and hand it back,
//! send it elsewhere, give its lead another status or another workflow.

mod assign;
pub(super) mod before;
mod found;
mod history;
mod outcomes;
mod page;
mod reason;
mod record;
mod remove;
mod report;
mod resume;
mod standing;
mod steer;
mod stop;
mod withdraw;

pub use assign::{Assigned, assign};
pub use found::{RunFacts, in_workflow};
pub(super) use found::{find_run, newest_run};
pub use history::run_history;
pub(super) use outcomes::outcomes;
pub use page::{Enrolled, runs_page};
pub(super) use reason::reason;
pub(super) use record::record;
pub use remove::{remove, remove_run};
pub(super) use report::checked;
pub use report::{Report, Reported, Upcoming, report};
pub use resume::{Resumed, resume_automation};
pub use standing::{StatusChange, set_status};
pub use steer::{move_to, run_now, skip_step, snooze};
pub use stop::{Stopped, is_paused, stop_automation};
pub use withdraw::withdraw;
