//! What an admin sets.

mod account;
mod keys;
mod users;
