//! Enrolment: the one way in for new leads, whatever brings them: with their run in a workflow,
//! and with what the audit keeps of them.

mod intake;
mod leave_alone;

pub use intake::{Begun, Intake, Taken, take_in};
pub use leave_alone::leave_alone;
