//! Enrolment: the one way in for new leads, whatever brings them, a file too: with their run in a
//! workflow, and with what the audit keeps of them. And the way out, in a file that comes in again.

mod admitted;
mod comer;
mod door;
mod export;
mod file;
pub mod imports;
mod intake;
mod joining;
mod leave_alone;
mod once;
mod passes;

pub use admitted::{Begun, Taken};
pub use export::{Asked, Export, ExportColumns, begin_export};
pub use file::{
    Cells, Code, Counts, Enrolled, Existing, Field, Fix, Given, Group, Groups, MatchBy, Mode, One,
    Outcome, Owners, Plan, Reading, Refused, Tally, Target, Upload, Verdict, enrol_file, enrol_one,
    letters,
};
pub use intake::{Intake, take_in};
pub use leave_alone::leave_alone;
pub use once::{Arrival, take_in_once};
