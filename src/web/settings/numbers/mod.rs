//! Calling numbers: what the account calls from.

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

use super::{Ctx, Fault, Form, Nav, Page, Problems, filters, render};
use crate::caller::Caller;
use crate::error::{Error, Problem, Result};
use crate::phone;
use crate::telephony::{CallingNumber, CallingNumberInput, Kind};

const LIST: &str = "/settings/numbers";
const LABELS: &[(&str, &str)] = &[("phone_number", "Number"), ("kind", "How it calls")];

/// What the form says of a number. A new one is active.
fn input(form: &Form, is_active: bool) -> Result<CallingNumberInput> {
    let kind = form.get("kind").parse();
    Ok(CallingNumberInput {
        phone_number: form.get("phone_number").to_owned(),
        kind: kind.map_err(|_| Error::invalid("kind", Problem::Required))?,
        is_active,
    })
}

/// What stands in the way, beside the fields of the form.
///
/// # Errors
/// What the form can't put right.
fn problems(error: Error) -> Result<Problems> {
    match error {
        Error::Invalid(errors) => Ok(Problems::new(&errors, LABELS)),
        // All that stands in the way is that the number is there already.
        Error::Conflict(sentence) => Ok(Problems::one("phone_number", sentence)),
        error => Err(error),
    }
}

/// Each way of calling: its word, what it is called, what it means, whether it is the one.
fn kinds(form: &Form) -> Vec<(&'static str, &'static str, &'static str, bool)> {
    let said = |kind: Kind| match kind {
        Kind::Carrier => (
            "Through a carrier",
            "It calls the destinations that are enabled.",
        ),
        Kind::Sip => (
            "Over SIP",
            "A trunk of your own; it calls every destination.",
        ),
    };
    let all = Kind::ALL.iter();
    all.map(|kind| {
        let (name, says) = said(*kind);
        let word = kind.as_str();
        (word, name, says, form.get("kind") == word)
    })
    .collect()
}

/// The number as people of the account write it.
fn written(caller: &Caller, number: &CallingNumber) -> String {
    phone::written(&number.phone_number, &caller.account.default_country)
}
