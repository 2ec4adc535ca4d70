//! Enrolment: the one way in for new leads, whatever brings them, a file too: with their run in a
//! workflow, and with what the audit keeps of them.

mod admitted;
mod file;
mod intake;
mod leave_alone;

pub use admitted::{Begun, Taken};
pub use file::{
    Code, Enrolled, Given, Group, Groups, Mode, One, Outcome, Refused, Tally, Upload, enrol_file,
    enrol_one,
};
pub use intake::{Intake, take_in};
pub use leave_alone::leave_alone;
