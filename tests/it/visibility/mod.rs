//! Who sees which leads: every route, for each role, of leads that are theirs, a teammate's, nobody's and a
//! stranger's.

mod bodies;
mod counts;
mod dialect;
mod door;
mod keys;
mod lists;
mod rule;
mod settings;
mod things;
mod world;
