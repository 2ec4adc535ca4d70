//! What can be said of a status.

use super::words::Category;
use super::workflow::Status;
use crate::error::{FieldErrors, Problem, Result};
use crate::text;

const LONGEST_KEY: usize = 50;
const LONGEST_LABEL: usize = 100;
/// The colour of a status nobody gave one.
const GREY: &str = "#64748b";

/// A status to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusInput {
    /// Its key: letters, digits, `_` and `-`.
    pub key: String,
    /// What people read.
    pub label: String,
    /// Its colour, `#rrggbb`; blank is grey.
    pub color: String,
    /// What it means.
    pub category: Category,
    /// Whether it ends the run.
    pub is_terminal: bool,
}

/// What is to become of a status; what is not said stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusChanges {
    /// Its key.
    pub key: Option<String>,
    /// What people read.
    pub label: Option<String>,
    /// Its colour.
    pub color: Option<String>,
    /// What it means.
    pub category: Option<Category>,
    /// Whether it ends the run.
    pub is_terminal: Option<bool>,
}

impl StatusChanges {
    pub(super) fn over(self, status: &Status) -> StatusInput {
        StatusInput {
            key: self.key.unwrap_or_else(|| status.key.clone()),
            label: self.label.unwrap_or_else(|| status.label.clone()),
            color: self.color.unwrap_or_else(|| status.color.clone()),
            category: self.category.unwrap_or(status.category),
            is_terminal: self.is_terminal.unwrap_or(status.is_terminal),
        }
    }
}

impl StatusInput {
    pub(super) fn checked(self) -> Result<Self> {
        let mut input = Self {
            key: self.key.trim().to_owned(),
            label: self.label.trim().to_owned(),
            color: self.color.trim().to_ascii_lowercase(),
            ..self
        };
        if input.color.is_empty() {
            GREY.clone_into(&mut input.color);
        }
        let mut errors = FieldErrors::default();
        let may_stand = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if input.key.is_empty() {
            errors.push("key", Problem::Required);
        } else if input.key.len() > LONGEST_KEY {
            errors.push("key", Problem::TooLong(LONGEST_KEY));
        } else if !input.key.chars().all(may_stand) {
            errors.push("key", Problem::MustBe("of letters, digits, _ and - only"));
        }
        if input.label.is_empty() {
            errors.push("label", Problem::Required);
        } else if input.label.chars().count() > LONGEST_LABEL {
            errors.push("label", Problem::TooLong(LONGEST_LABEL));
        } else if text::has_nul(&input.label) {
            errors.push("label", Problem::Nul);
        }
        let digits = input.color.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            errors.push("color", Problem::MustBe("a colour like #64748b"));
        }
        errors.or(input)
    }
}
