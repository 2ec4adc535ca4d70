//! Who did what: an entry for every change, written in the transaction of the change and never
//! changed afterwards. A chain of seals tells when that was done all the same.

mod chain;
mod cursor;
mod entry;
mod names;
mod of_subjects;
mod page;
mod query;
mod words;

pub use chain::{Verified, seal, verify};
pub use cursor::Cursor;
pub use entry::{Change, Entry, differences, of_subject, page_of_subject, write};
pub use names::names;
pub use of_subjects::of_subjects;
pub use page::{Page, page, total};
pub use query::{Query, Who};
pub use words::{Event, Other, Subject};
