//! Do-not-contact: the leads, numbers and addresses that are left alone, and the one gate through
//! which every dispatch and every enrolment goes.

mod change;
mod entry;
mod gate;
mod list;
mod news;
mod opting_out;
mod words;

pub use change::{NewEntry, add, add_lead, opt_out, remove};
pub use entry::Entry;
pub use gate::{By, Cleared, Contact, gate};
pub use list::{find, find_for, page};
pub use news::{seen_to, unseen};
pub use opting_out::{opt_out_token, read_opt_out_token};
pub use words::{Kind, Source};
