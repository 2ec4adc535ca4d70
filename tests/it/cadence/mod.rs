//! Leads on their way: what leaves, what does not, and what follows.

mod calls;
mod hours;
mod invariants;
mod killed;
mod late;
mod listed;
mod messages;
mod moves;
mod order;
mod systems;
mod ways;
