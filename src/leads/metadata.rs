//! A lead's own keys: text, numbers and truth values under names an integrator or a person chose.

use serde_json::{Map, Value};

use crate::error::{FieldErrors, Problem};
use crate::text;

/// What stands under the keys.
pub type Metadata = Map<String, Value>;

/// The most keys a lead can have.
const MOST_KEYS: usize = 200;
const KEY_CHARACTERS: usize = 100;
const VALUE_CHARACTERS: usize = 10_000;

/// One value of a known type, as a form gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
}

impl Scalar {
    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Number(_) => Self::Number,
            Value::Bool(_) => Self::Truth,
            _ => Self::Text,
        }
    }
}

/// Notes what is wrong with keys and values; each field reads `metadata.<key>`. `null` is right
/// only where it removes a key.
pub fn check(metadata: &Metadata, null_removes: bool, errors: &mut FieldErrors) {
    if metadata.len() > MOST_KEYS {
        errors.push("metadata", Problem::TooMany(MOST_KEYS));
        return;
    }
    for (key, value) in metadata {
        if let Some(problem) = problem(key, value, null_removes) {
            errors.push(
                format!("metadata.{}", text::at_most(key, KEY_CHARACTERS)),
                problem,
            );
        }
    }
}

fn problem(key: &str, value: &Value, null_removes: bool) -> Option<Problem> {
    if key.trim().is_empty() {
        return Some(Problem::Said("A metadata key must not be blank".into()));
    }
    if key.chars().count() > KEY_CHARACTERS {
        return Some(Problem::Said(
            format!("A metadata key must be at most {KEY_CHARACTERS} characters long").into(),
        ));
    }
    if text::has_nul(key) {
        return Some(Problem::Nul);
    }
    match value {
        Value::Null if null_removes => None,
        Value::Number(_) | Value::Bool(_) => None,
        Value::String(text) if text::has_nul(text) => Some(Problem::Nul),
        Value::String(text) if text.chars().count() > VALUE_CHARACTERS => {
            Some(Problem::TooLong(VALUE_CHARACTERS))
        }
        Value::String(_) => None,
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Some(Problem::MustBe("a string, a number or a boolean"))
        }
    }
}

/// `present` with `changes` laid over it: `null` removes a key, everything else replaces it.
pub fn merge(present: &Metadata, changes: &Metadata) -> Metadata {
    let mut merged = present.clone();
    for (key, value) in changes {
        if value.is_null() {
            merged.remove(key);
        } else {
            merged.insert(key.clone(), value.clone());
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Metadata {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn only_scalars_pass() {
        let mut errors = FieldErrors::default();
        let metadata =
            object(json!({"edad": 35, "a": "x", "b": true, "c": [1], "d": {}, "e": null}));
        check(&metadata, false, &mut errors);
        let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_ref()).collect();
        assert_eq!(fields, ["metadata.c", "metadata.d", "metadata.e"]);
    }

    proptest! {
        #[test]
        fn merging_twice_changes_nothing_more(
            present in prop::collection::btree_map("[a-c]", 0i64..5, 0..4),
            changes in prop::collection::btree_map("[a-c]", prop::option::of(0i64..5), 0..4),
        ) {
            let present: Metadata = present.into_iter().map(|(k, v)| (k, json!(v))).collect();
            let changes: Metadata = changes.into_iter().map(|(k, v)| (k, json!(v))).collect();
            let once = merge(&present, &changes);
            prop_assert_eq!(&merge(&once, &changes), &once);
            for (key, value) in &once {
                prop_assert!(!value.is_null());
                if !changes.contains_key(key) {
                    prop_assert_eq!(present.get(key), Some(value));
                }
            }
        }
    }
}
