//! The cadence: what follows for a run from where it is, what happened, and when. Pure functions
//! of their arguments; the engine, the reports of people and dialers, and the simulator all ask
//! the same ones.

mod conditions;
mod decision;
#[cfg(test)]
mod examples;
mod facts;
mod moment;
mod plan;
#[cfg(test)]
mod properties;
pub mod said;
#[cfg(test)]
mod samples;

pub use decision::{
    Due, End, Landing, Next, Place, arrive, due, failed, is_tried_again, reported, skipped,
};
pub use facts::Facts;
pub use moment::Moment;
pub use plan::{PlannedStep, Situation, plan, plan_from};
