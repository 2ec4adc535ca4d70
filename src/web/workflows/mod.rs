//! Workflows, to be read: which there are, and what each of them does with a lead.

mod cards;
mod index;
mod show;
mod words;

pub use index::index;
pub use show::show;

use super::{Nav, Page, filters};
