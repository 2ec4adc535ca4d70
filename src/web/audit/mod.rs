//! Who did what in the account, newest first.

mod address;
mod chips;
mod export;
mod facts;
mod index;
mod words;

pub use export::export;
pub(in crate::web) use facts::{facts, headers};
pub use index::index;

use super::filters;
