//! The second step of signing in: a code.

mod create;
mod new;

pub use create::create;
pub use new::new;

use askama::Template;

use super::{Fault, Form, Query, Visitor, filters, half, render};

/// The page.
#[derive(Template)]
#[template(path = "login/code.html")]
struct AskForCode<'a> {
    visitor: &'a Visitor,
    /// Where one was going.
    next: &'a str,
    /// Why it did not work; empty at first.
    problem: String,
}
