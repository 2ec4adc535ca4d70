//! Who did what: an entry for every change, written in the transaction of the change and never
//! changed afterwards.

mod entry;
mod words;

pub use entry::{Change, Entry, of_subject, page_of_subject, write};
pub use words::{Event, Subject};
