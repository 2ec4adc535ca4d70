//! What may stand in a field, and what a text says that is to stand there.

use chrono::NaiveDate;
use serde_json::Value;

use super::field::{Field, Kind};
use crate::text;

/// Longer lists of choices are cut in a sentence.
const CHOICES_CHARACTERS: usize = 200;
const DAY: &str = "%Y-%m-%d";

impl Field {
    /// Whether a value may stand in it, to the letter of its type.
    pub fn allows(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (Kind::Text, Value::String(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::Boolean, Value::Bool(_)) => true,
            (Kind::Date, Value::String(day)) => date(day).is_some_and(|read| read == *day),
            (Kind::Choice, Value::String(one)) => self.choices.contains(one),
            _ => false,
        }
    }

    /// What a text of a form or a file says in it; nothing when it can't be read as that.
    pub fn read(&self, typed: &str) -> Option<Value> {
        let word = typed.trim();
        match self.kind {
            Kind::Text => Some(typed.into()),
            Kind::Number => word.parse().ok().map(Value::Number),
            Kind::Boolean => truth(word).map(Value::Bool),
            Kind::Date => date(word).map(Value::String),
            Kind::Choice => {
                let folded = text::fold(word);
                let mut choices = self.choices.iter();
                let exact = choices.clone().find(|choice| *choice == word);
                let alike = || choices.find(|choice| text::fold(choice) == folded);
                exact.or_else(alike).map(|one| one.as_str().into())
            }
        }
    }

    /// What must stand in it, after its name.
    pub fn must_be(&self) -> String {
        match self.kind {
            Kind::Text => "must be a string".to_owned(),
            Kind::Number => "must be a number".to_owned(),
            Kind::Boolean => "must be true or false".to_owned(),
            Kind::Date => "must be a date as 2026-12-31".to_owned(),
            Kind::Choice => {
                let choices = self.choices.join(", ");
                let shown = text::at_most(&choices, CHOICES_CHARACTERS);
                format!("must be one of {shown}")
            }
        }
    }
}

/// Yes or no, as people and programs write it; nothing for anything else.
pub fn truth(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The day a word says, as it is kept.
fn date(word: &str) -> Option<String> {
    let day = NaiveDate::parse_from_str(word, DAY).ok()?;
    let kept = day.format(DAY).to_string();
    // Years before 0 and after 9999 have another length.
    (kept.len() == 10).then_some(kept)
}

/// A field, for tests.
#[cfg(test)]
pub(super) fn sample(key: &str, kind: Kind, choices: &[&str]) -> Field {
    Field {
        id: uuid::Uuid::nil(),
        key: key.to_owned(),
        label: key.to_owned(),
        kind,
        choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        position: 0,
        created_at: chrono::DateTime::UNIX_EPOCH,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn field(kind: Kind) -> Field {
        sample("x", kind, &["Gold", "silver"])
    }

    #[test]
    fn a_value_of_another_type_is_not_allowed() {
        let values = [
            (Kind::Text, json!("any")),
            (Kind::Number, json!(2.5)),
            (Kind::Boolean, json!(false)),
            (Kind::Date, json!("2026-02-28")),
            (Kind::Choice, json!("Gold")),
        ];
        for (kind, right) in &values {
            assert!(field(*kind).allows(right), "{kind} {right}");
        }
        let wrong = [
            (Kind::Text, json!(1)),
            (Kind::Number, json!("35")),
            (Kind::Boolean, json!("true")),
            (Kind::Date, json!("2026-02-29")),
            (Kind::Date, json!("2026-2-8")),
            (Kind::Date, json!("28/02/2026")),
            (Kind::Date, json!(20_260_228)),
            (Kind::Choice, json!("gold")),
            (Kind::Choice, json!("")),
        ];
        for (kind, value) in wrong {
            assert!(!field(kind).allows(&value), "{kind} {value}");
        }
    }

    #[test]
    fn a_text_is_read_as_its_field_says() {
        for (kind, typed, said) in [
            (Kind::Text, " as it is ", Some(json!(" as it is "))),
            (Kind::Number, " 35 ", Some(json!(35))),
            (Kind::Number, "2.5", Some(json!(2.5))),
            (Kind::Number, "old", None),
            (Kind::Boolean, "Yes", Some(json!(true))),
            (Kind::Boolean, "false", Some(json!(false))),
            (Kind::Boolean, "perhaps", None),
            (Kind::Date, "2026-2-8", Some(json!("2026-02-08"))),
            (Kind::Date, "tomorrow", None),
            (Kind::Choice, "SILVER", Some(json!("silver"))),
            (Kind::Choice, "Bronze", None),
        ] {
            assert_eq!(field(kind).read(typed), said, "{kind} {typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_allowed(typed in ".{0,20}") {
            for kind in Kind::ALL {
                let field = field(*kind);
                if let Some(value) = field.read(&typed) {
                    prop_assert!(field.allows(&value), "{} {}", kind, value);
                }
            }
        }
    }
}
