//! Which leads a caller sees, in SQL. The rule itself is [`crate::caller::Sees`]: a lead that was read is
//! asked there, and a query that reads many says here what it leaves out.

mod belonging;
mod condition;

pub(crate) use belonging::{People, Teams, sees};
pub(crate) use condition::{and_seen, array, condition, parts};
