//! How templates write things: times in the account's zone, names, numbers, icons.

mod leads;
mod times;
mod words;

pub use leads::*;
pub use times::*;
pub use words::*;
