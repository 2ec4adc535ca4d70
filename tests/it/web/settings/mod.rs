//! What an admin sets.

mod account;
mod connectors;
mod destinations;
mod do_not_contact;
mod fields;
mod keys;
mod numbers;
mod renaming;
mod rotations;
mod sources;
mod teams;
mod users;
