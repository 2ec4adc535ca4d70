//! Today: the tasks of a person, one lead at a time. Taking one is a lease, so two people never
//! have the same lead; what is not worked comes back by itself.

mod effects;
mod hand_back;
mod next;
mod record;
mod tally;
mod task;
mod team;
mod undo;

pub use effects::Effect;
pub use hand_back::{release, skip};
pub use next::{claim_next, next_task, take_task, whose_claim};
pub use record::report_step;
pub use tally::{Tally, tally};
pub use task::Task;
pub use team::{Member, OnWhat, Team, on_what, team};
pub use undo::{Undoable, undo, undoable};
