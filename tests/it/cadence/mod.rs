//! Leads on their way: what leaves, what does not, and what follows.

mod calls;
mod invariants;
mod messages;
mod moves;
mod systems;
mod ways;
