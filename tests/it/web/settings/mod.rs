//! What an admin sets.

mod account;
mod connectors;
mod do_not_contact;
mod keys;
mod users;
