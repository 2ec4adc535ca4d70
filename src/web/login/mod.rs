//! Signing in and out.

pub mod code;
mod create;
mod destroy;
mod half;
mod new;

pub use create::create;
pub use destroy::destroy;
pub use new::new;

use askama::Template;

use super::filters;
use super::{Fault, Flash, Form, Query, Visitor, redirect, render};

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
