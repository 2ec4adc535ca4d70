//! The link with which an invited person chooses a password and joins.

mod accept;
mod show;

pub use accept::accept;
pub use show::show;

use askama::Template;

use super::{Problems, Visitor, filters};
use crate::people::Invited;

/// The page the link leads to.
#[derive(Template)]
#[template(path = "invitations/show.html")]
struct Welcome<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    invited: &'a Invited,
    problems: Problems,
}
