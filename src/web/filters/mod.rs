//! How templates write things: times in the account's zone, names, numbers, icons.

mod times;
mod words;

pub use times::*;
pub use words::*;
