//! The field catalogue: what the keys of leads are called, and what may stand under them.

mod create;
mod edit;
mod index;
mod preset;
mod promote;
mod remove;
mod renaming;
mod update;

pub use create::create;
pub use edit::edit;
pub use index::index;
pub use preset::add_preset;
pub use promote::promote;
pub use remove::{confirm, remove};
pub use renaming::{ask, rename};
pub use update::update;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::error::{Error, Problem, Result};
use crate::fields::{FieldInput, Kind};

const LIST: &str = "/settings/fields";
const LABELS: &[(&str, &str)] = &[
    ("key", "Key"),
    ("label", "Label"),
    ("kind", "Type"),
    ("choices", "Choices"),
];

/// What the form says of a field.
fn input(form: &Form) -> Result<FieldInput> {
    let kind = form.get("kind").parse();
    Ok(FieldInput {
        label: form.get("label").to_owned(),
        kind: kind.map_err(|_| Error::invalid("kind", Problem::Required))?,
        choices: form.get("choices").lines().map(str::to_owned).collect(),
    })
}

/// What stands in the way, beside the fields of the form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => Ok(Problems::new(&errors, LABELS)),
        Error::Conflict(sentence) => Ok(Problems::one("key", sentence)),
        error => Err(error),
    }
}

/// Where a key becomes another.
fn renaming_path(key: &str) -> String {
    let key = utf8_percent_encode(key, NON_ALPHANUMERIC);
    format!("{LIST}/renaming?from={key}")
}

/// What a type is called.
fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Number => "Number",
        Kind::Boolean => "Yes or no",
        Kind::Date => "Date",
        Kind::Choice => "Choice",
    }
}

/// The types to choose from.
fn kinds(form: &Form) -> Vec<Choice> {
    let current = form.get("kind");
    let all = Kind::ALL.iter();
    all.map(|kind| Choice::new(kind.as_str(), called(*kind), current))
        .collect()
}
