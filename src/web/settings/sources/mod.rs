//! Lead sources: where leads come from, as the account counts it.

mod create;
mod edit;
mod index;
mod remove;
mod standing;
mod update;

pub use create::create;
pub use edit::edit;
pub use index::index;
pub use remove::{confirm, remove};
pub use standing::{activate, deactivate};
pub use update::update;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::error::{Error, Result};

const LIST: &str = "/settings/sources";
const LABELS: &[(&str, &str)] = &[("name", "Name"), ("team_id", "The team")];

/// What stands in the way, beside the fields of the form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => Ok(Problems::new(&errors, LABELS)),
        Error::Conflict(sentence) => Ok(Problems::one("name", sentence)),
        error => Err(error),
    }
}
