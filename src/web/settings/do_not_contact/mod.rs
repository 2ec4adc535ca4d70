//! The do-not-contact list: everybody reads it, who works leads adds to it, a manager takes off.

mod create;
mod index;
mod remove;

pub use create::create;
pub use index::index;
pub use remove::{confirm, remove};

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
