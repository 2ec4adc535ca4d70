//! Enrolment from a file (contract §4): every row of it becomes a lead in a workflow, or has its
//! reason why not.

pub(super) mod cells;
mod code;
pub(super) mod columns;
pub(super) mod decide;
mod enrol;
pub(super) mod fixes;
pub(super) mod ground;
mod groups;
pub(super) mod judge;
mod one;
pub(super) mod past;
pub(super) mod plan;
pub(super) mod record;
mod row;
pub(super) mod rows;
pub(super) mod starts;
mod tally;
mod verdict;
pub(super) mod write;

pub use code::Code;
pub use columns::letters;
pub use enrol::{Enrolled, Outcome, Refused, Upload, enrol_file};
pub use fixes::{Cells, Fix};
pub use groups::{Group, Groups};
pub use one::{One, enrol_one};
pub use plan::{Existing, Field, MatchBy, Owners, Plan, Reading, Target};
pub use row::Given;
pub use tally::{Counts, Tally};
pub use verdict::{Mode, Verdict};
