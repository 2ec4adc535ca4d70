//! What can be said of a field.

use super::field::Kind;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::text;

/// As long as a key of a lead may be.
const KEY_CHARACTERS: usize = 100;
const LABEL_CHARACTERS: usize = 100;
const CHOICE_CHARACTERS: usize = 100;
const MOST_CHOICES: usize = 100;

/// What can be said of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldInput {
    /// What people call it, 1 to 100 characters.
    pub label: String,
    /// What may stand in it.
    pub kind: Kind,
    /// What can be chosen, 1 to 100 of at most 100 characters; only a choice has any.
    pub choices: Vec<String>,
}

impl FieldInput {
    /// What a key is likely meant as: `number_of_employees` is "Number of employees".
    pub fn of_key(key: &str, kind: Kind) -> Self {
        let words: Vec<&str> = key.split(['_', '-', '.', ' ']).collect();
        let words = words.join(" ");
        let mut letters = words.trim().chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        Self {
            label: first.chain(letters).collect(),
            kind,
            choices: Vec::new(),
        }
    }

    /// With a label and choices that are without blanks around them.
    pub(super) fn checked(self) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let label = self.label.trim().to_owned();
        check_text("label", &label, LABEL_CHARACTERS, &mut errors);
        let mut choices: Vec<String> = Vec::new();
        if self.kind == Kind::Choice {
            for choice in self.choices.iter().map(|one| one.trim()) {
                if !choice.is_empty() && !choices.iter().any(|there| there == choice) {
                    check_text("choices", choice, CHOICE_CHARACTERS, &mut errors);
                    choices.push(choice.to_owned());
                }
            }
            if choices.is_empty() {
                errors.push("choices", Problem::Said("Say what can be chosen".into()));
            } else if choices.len() > MOST_CHOICES {
                errors.push("choices", Problem::TooMany(MOST_CHOICES));
            }
        }
        errors.or(Self {
            label,
            choices,
            ..self
        })
    }
}

/// Notes what is wrong with a key as leads may have it; it is kept as it is.
pub fn check_key(field: &'static str, key: &str, errors: &mut FieldErrors) {
    check_text(field, key, KEY_CHARACTERS, errors);
}

/// A new field's key and all else, so that what is wrong is told together.
///
/// # Errors
/// [`Error::Invalid`].
pub(super) fn check_new(key: &str, input: FieldInput) -> Result<FieldInput> {
    let mut errors = FieldErrors::default();
    check_key("key", key, &mut errors);
    match input.checked() {
        Ok(input) => errors.or(input),
        Err(Error::Invalid(more)) => {
            errors.0.extend(more.0);
            Err(Error::Invalid(errors))
        }
        Err(error) => Err(error),
    }
}

fn check_text(field: &'static str, said: &str, longest: usize, errors: &mut FieldErrors) {
    if said.trim().is_empty() {
        errors.push(field, Problem::Required);
    } else if text::has_nul(said) {
        errors.push(field, Problem::Nul);
    } else if said.chars().count() > longest {
        errors.push(field, Problem::TooLong(longest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_what_it_is_likely_called() {
        for (key, label) in [
            ("number_of_employees", "Number of employees"),
            ("edad", "Edad"),
            (" beca-2027", "Beca 2027"),
        ] {
            assert_eq!(FieldInput::of_key(key, Kind::Text).label, label);
        }
    }

    #[test]
    fn choices_stand_once_and_only_where_there_are_any() {
        let input = |kind, choices: &[&str]| FieldInput {
            label: " Grade ".into(),
            kind,
            choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        };
        let checked = input(Kind::Choice, &[" A", "", "A", "B "])
            .checked()
            .unwrap();
        assert_eq!(checked.label, "Grade");
        assert_eq!(checked.choices, ["A", "B"]);
        let checked = input(Kind::Text, &["A"]).checked().unwrap();
        assert!(checked.choices.is_empty());
        assert!(input(Kind::Choice, &[" "]).checked().is_err());
    }
}
