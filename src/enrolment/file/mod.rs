//! Enrolment from a file (contract §4): every row of it becomes a lead in a workflow, or has its
//! reason why not.

mod code;
mod columns;
mod enrol;
mod groups;
mod judge;
mod one;
mod record;
mod row;
mod tally;
mod verdict;
mod write;

pub use code::Code;
pub use enrol::{Enrolled, Outcome, Refused, Upload, enrol_file};
pub use groups::{Group, Groups};
pub use one::{One, enrol_one};
pub use row::Given;
pub use tally::Tally;
pub use verdict::Mode;
