//! What somebody sent from a lead's page and could not be done: it stands in its fields again,
//! with the reason.

use crate::error::{Error, FieldErrors};
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

/// The reason somebody gave in a field, when they gave one.
pub fn reason(form: &Form, field: &str) -> Option<String> {
    form.filled(field).map(str::to_owned)
}

/// The page has several reasons; what is wrong with one stands beside the field it was given in.
pub fn under(field: &'static str) -> impl Fn(Error) -> Error {
    move |error| match error {
        Error::Invalid(mut errors) => {
            for one in &mut errors.0 {
                if one.field == "reason" {
                    one.field = field.into();
                }
            }
            Error::Invalid(errors)
        }
        error => error,
    }
}
