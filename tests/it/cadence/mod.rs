//! Leads on their way: what leaves, what does not, and what follows.

mod invariants;
mod messages;
mod systems;
mod ways;
