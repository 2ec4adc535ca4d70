//! A config that is being read: its keys are asked for one by one, and what is left over at the
//! end is of no use to this type of node.

use serde_json::{Map, Value};

use crate::error::{FieldErrors, Problem};
use crate::text;

/// A config that is being read.
pub(super) struct Given {
    values: Map<String, Value>,
    errors: FieldErrors,
}

impl Given {
    /// Reads from a config.
    pub fn new(config: &Value) -> Self {
        let mut errors = FieldErrors::default();
        let mut values = match config {
            Value::Object(values) => values.clone(),
            _ => {
                errors.push("config", Problem::MustBe("an object"));
                Map::new()
            }
        };
        // What is said to be nothing is not said.
        values.retain(|_, value| !value.is_null());
        Self { values, errors }
    }

    /// Whether a key is there and was not asked for yet.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The value of a key as it is.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.values.remove(name)
    }

    /// A text of at most so many characters; blank reads as absent.
    pub fn text(&mut self, name: &str, most: usize) -> Option<String> {
        let text = match self.take(name)? {
            Value::String(text) => text,
            _ => {
                self.must_be(name, "a string");
                return None;
            }
        };
        if text::has_nul(&text) {
            self.wrong(name, Problem::Nul);
        } else if text.chars().count() > most {
            self.wrong(name, Problem::TooLong(most));
        }
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// A whole number in these bounds.
    pub fn whole(
        &mut self,
        name: &str,
        bounds: std::ops::RangeInclusive<i64>,
        must_be: &'static str,
    ) -> Option<i64> {
        let value = self.take(name)?;
        let whole = whole(&value).filter(|number| bounds.contains(number));
        if whole.is_none() {
            self.must_be(name, must_be);
        }
        whole
    }

    /// Notes what a key must be.
    pub fn must_be(&mut self, name: &str, what: &'static str) {
        self.wrong(name, Problem::MustBe(what));
    }

    /// Notes a broken rule of a key.
    pub fn wrong(&mut self, name: &str, problem: Problem) {
        self.errors.push(format!("config.{name}"), problem);
    }

    /// `value`, when everything was right and nothing is left over.
    pub fn done<T>(mut self, value: T) -> Result<T, FieldErrors> {
        for name in self.values.keys() {
            let name = text::at_most(name, 100).replace('\0', "");
            self.errors.push(format!("config.{name}"), Problem::Unknown);
        }
        if self.errors.0.is_empty() {
            Ok(value)
        } else {
            Err(self.errors)
        }
    }
}

/// A whole number, also one that a program wrote as `3.0`.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        let fits = number.fract() == 0.0 && number.abs() < 1e15;
        fits.then_some(number as i64)
    })
}
