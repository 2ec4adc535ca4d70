//! Leads: the list, the page of each, its forms, and what is done to one.

mod chips;
mod choices;
mod columns;
mod index;
mod list;

pub use index::index;

use super::{Choice, Form, Nav, Page, filters};
