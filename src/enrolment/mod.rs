//! Enrolment: the one way in for new leads, whatever brings them: with their run in a workflow,
//! and with what the audit keeps of them.

mod intake;

pub use intake::{Begun, Intake, Taken, take_in};
