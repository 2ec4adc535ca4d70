//! Destinations: where the account's numbers may call.

mod create;
mod edit;
mod index;
mod remove;
mod standing;
mod update;
mod words;

pub use create::create;
pub use edit::edit;
pub use index::index;
pub use remove::{confirm, remove};
pub use standing::{activate, deactivate};
pub use update::update;

use self::words::called;
use super::{Choice, Ctx, Fault, Form, Nav, Page, Problems, filters, places, render};
use crate::error::{Error, Result};
use crate::telephony::DestinationInput;

const LIST: &str = "/settings/destinations";
const LABELS: &[(&str, &str)] = &[("country", "Country"), ("prefix", "Prefix")];

/// What the form says of a destination. A new one is enabled.
fn input(form: &Form, is_enabled: bool) -> DestinationInput {
    DestinationInput {
        country: form.get("country").to_owned(),
        prefix: form.filled("prefix").map(str::to_owned),
        is_enabled,
    }
}

/// What stands in the way, beside the fields of the form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => Ok(Problems::new(&errors, LABELS)),
        // All that stands in the way is that the destination is there already.
        Error::Conflict(sentence) => Ok(Problems::one("country", sentence)),
        error => Err(error),
    }
}

/// The countries with their calling codes; before one is chosen, none is.
fn countries(form: &Form) -> Vec<Choice> {
    let current = form.get("country");
    let none = Choice::new("", "Choose a country", current);
    std::iter::once(none)
        .chain(places::calling_countries(current))
        .collect()
}
