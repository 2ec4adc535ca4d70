//! Leads on their way: what leaves, what does not, and what follows.

mod invariants;
mod messages;
mod moves;
mod systems;
mod ways;
