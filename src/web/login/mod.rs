//! Signing in and out.

mod create;
mod destroy;
mod new;

pub use create::create;
pub use destroy::destroy;
pub use new::new;

use askama::Template;

use super::filters;
use super::{Flash, Visitor};

/// The sign-in page.
#[derive(Template)]
#[template(path = "login/new.html")]
struct SignIn<'a> {
    visitor: &'a Visitor,
    email: &'a str,
    /// Where one was going.
    next: &'a str,
    /// Why it did not work; empty at first.
    problem: String,
}

impl SignIn<'_> {
    fn flash(&self) -> Option<&Flash> {
        self.visitor.flash.as_ref()
    }
}
