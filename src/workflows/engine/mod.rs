//! The engine: it takes due steps, asks the cadence what follows, and writes that down. Whoever
//! moves a run, the worker or a person, holds the lead's row while they do, so a run is moved by
//! one at a time and has one step at most that is not over.

mod advance;
mod attempt;
mod away;
mod claim;
mod ground;
mod live;
mod outreach;
mod owners;
pub(super) mod settle;
mod statuses;
mod task;
mod told;
mod turn;
mod write;

pub use advance::advance;
pub use away::wake_tasks_of_the_absent;
pub use settle::{SETTLES_WITHIN, settle};

pub(super) use attempt::{NewAttempt, attempts};
pub(super) use ground::Ground;
pub(super) use live::{Live, OpenStep, hold, live_run, load};
pub(super) use outreach::{REPORT_WITHIN, Ready, contact, fails, failure, success, text};
pub(super) use turn::{Stay, Then, Turn, leave, pause};
pub(super) use write::turns;
