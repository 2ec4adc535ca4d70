//! The chain over the entries of an account, by which a changed or missing one is found.

mod digest;
mod seal;
mod verify;

pub use seal::seal;
pub use verify::{Verified, verify};
