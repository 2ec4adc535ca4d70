//! Imports that people make: a file is uploaded, its columns and rules are chosen, it is checked,
//! and the worker brings its leads in, batch by batch, so that it can be stopped, goes on after a
//! crash, and can be taken back.

mod begin;
mod choose;
mod fixes;
mod import;
mod job;
mod preview;
mod reading;
mod record;
mod rejects;
mod rows;
mod rules;
mod suggest;
mod sweep;
mod turn;
mod undo;

pub use begin::begin;
pub use choose::{choose_columns, choose_file};
pub use fixes::fix;
pub use import::{Import, State, at_work, import, imports};
pub use job::{Job, take_up};
pub use preview::{Preview, Sampled, preview};
pub use rejects::rejects;
pub use rows::{Problem, ShownRow, ShownRows, problems, shown_rows};
pub use rules::{Rules, choose_rules};
pub use suggest::{remembered, suggested};
pub use sweep::sweep;
pub use turn::{cancel, discard, go_on, run, undo};
