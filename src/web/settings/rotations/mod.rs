//! Rotations: who gets the next lead.

mod acknowledge;
mod create;
mod edit;
mod index;
mod members;
mod status;
mod typed;
mod update;
mod words;

pub use acknowledge::acknowledge;
pub use create::create;
pub use edit::edit;
pub use index::index;
pub use members::set_members;
pub use status::set_status;
pub use update::update;

use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::error::{Error, FieldErrors, Result};

const LIST: &str = "/settings/rotations";
const LABELS: &[(&str, &str)] = &[
    ("name", "Name"),
    ("team_id", "Gives out"),
    ("fallback", "When nobody can"),
    ("members", "Who takes turns"),
    ("strategy", "Who is next"),
];

/// The page of a rotation.
fn path(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// What stands in the way of a form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => Ok(named(&errors)),
        Error::Conflict(sentence) => Ok(Problems::one("for", sentence)),
        error => Err(error),
    }
}

fn named(errors: &FieldErrors) -> Problems {
    Problems::new(errors, LABELS)
}
