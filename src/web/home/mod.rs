//! Home: the day at a glance. What is due, who came in, how far they have come, what wants
//! somebody; each number opens what it counts.

mod arrivals;
mod attention;
mod funnel;
mod glance;
mod index;

pub use index::index;

use super::{Nav, Page, filters};
