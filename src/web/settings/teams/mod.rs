//! Teams: who works which leads.

mod create;
mod edit;
mod index;
mod members;
mod remove;
mod sources;
mod standing;
mod update;

pub use create::create;
pub use edit::edit;
pub use index::index;
pub use members::{add as add_member, remove as remove_member};
pub use remove::{confirm, remove};
pub use sources::create as create_source;
pub use standing::{activate, deactivate};
pub use update::update;

use uuid::Uuid;

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::error::{Error, Result};

const LIST: &str = "/settings/teams";

/// The page of a team.
fn path(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// What stands in the way, beside the one field of a form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error, field: &'static str, label: &str) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => {
            let sentences = errors.0.iter().map(|error| error.sentence(label));
            Ok(Problems::many(
                sentences.map(|sentence| (field.to_owned(), sentence)),
            ))
        }
        Error::Conflict(sentence) => Ok(Problems::one(field, sentence)),
        error => Err(error),
    }
}
