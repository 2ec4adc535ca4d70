//! Who did what: an entry for every change, written in the transaction of the change and never
//! changed afterwards.

mod entry;

pub use entry::{Change, Entry, Event, Subject, of_subject, page_of_subject, write};
