//! What somebody sent from a lead's page and could not be done: it stands in its fields again,
//! with the reason.

use crate::error::{Error, FieldErrors, Problem};
use crate::web::{Form, Problems};

/// The labels of the fields of a lead's page.
const LABELS: &[(&str, &str)] = &[
    ("body", "The note"),
    ("until", "Until when"),
    ("skip_reason", "The reason"),
    ("stop_reason", "The reason"),
    ("node_id", "The step"),
    ("status_key", "The status"),
    ("status_reason", "The reason"),
    ("workflow_id", "The workflow"),
    ("assign_reason", "The reason"),
];

/// The longest reason, in characters.
const MOST_REASON: usize = 500;

/// The form that came back, empty on a page that was only opened.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What was sent.
    pub form: Form,
    /// What is wrong with it.
    pub problems: Problems,
    /// Why it can't be done as things stand.
    pub refused: Option<String>,
}

impl Typed {
    /// A form that breaks rules.
    pub fn wrong(form: Form, errors: &FieldErrors) -> Self {
        Self {
            form,
            problems: Problems::new(errors, LABELS),
            refused: None,
        }
    }

    /// A form that came at the wrong moment.
    pub fn refused(form: Form, sentence: String) -> Self {
        Self {
            form,
            problems: Problems::default(),
            refused: Some(sentence),
        }
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> &str {
        self.form.get(field)
    }

    /// What is wrong with a field; empty when nothing is.
    pub fn problem(&self, field: &str) -> &str {
        self.problems.of(field)
    }

    /// Whether any of these fields came back, so that the form they stand in opens again.
    pub fn has(&self, field: &str) -> bool {
        self.form.has(field)
    }
}

/// The reason somebody gave, when they gave one.
///
/// # Errors
/// [`Error::Invalid`] when it is longer than 500 characters or holds a NUL character.
pub fn reason(form: &Form, field: &'static str) -> Result<Option<String>, Error> {
    match form.filled(field) {
        Some(text) if text.chars().count() > MOST_REASON => {
            Err(Error::invalid(field, Problem::TooLong(MOST_REASON)))
        }
        Some(text) if text.contains('\0') => Err(Error::invalid(field, Problem::Nul)),
        reason => Ok(reason.map(str::to_owned)),
    }
}
