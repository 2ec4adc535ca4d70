//! The fields of a JSON object, asked for one by one with the type they must have. What is of
//! another type is noted; what nobody asked for is left over.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::query::{WHEN, rfc3339};
use crate::error::{FieldErrors, Problem, Result};
use crate::patch::Patch;

/// An object that is being read.
#[derive(Debug, Default)]
pub struct Fields {
    values: Map<String, Value>,
    errors: FieldErrors,
}

impl Fields {
    /// Reads from an object.
    pub fn new(values: Map<String, Value>) -> Self {
        Self {
            values,
            errors: FieldErrors::default(),
        }
    }

    /// Takes every `null` for a field that is not there.
    pub fn drop_nulls(&mut self) {
        self.values.retain(|_, value| !value.is_null());
    }

    /// A text; `null` clears it.
    pub fn text(&mut self, name: &'static str) -> Patch<String> {
        self.patch(name, "a string", |value| value.as_str().map(str::to_owned))
    }

    /// A text that can't be cleared.
    pub fn required_text(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name);
        self.set(name, text)
    }

    /// A text that says something.
    pub fn filled_text(&mut self, name: &'static str) -> Option<String> {
        let text = self.required_text(name)?;
        if text.trim().is_empty() {
            self.errors.push(name, Problem::Required);
        }
        Some(text)
    }

    /// What `read` makes of a value, and what it must be when that is nothing; `null` clears it.
    pub fn patch<T>(
        &mut self,
        name: &'static str,
        must_be: &'static str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Patch<T> {
        match self.values.remove(name) {
            None => Patch::Keep,
            Some(Value::Null) => Patch::Clear,
            Some(value) => match read(&value) {
                Some(read) => Patch::Set(read),
                None => self.wrong(name, Problem::MustBe(must_be)),
            },
        }
    }

    /// What a field was set to, which can't be cleared.
    pub fn set<T>(&mut self, name: &'static str, patch: Patch<T>) -> Option<T> {
        match patch {
            Patch::Set(value) => Some(value),
            Patch::Clear => {
                self.errors.push(name, Problem::NotNull);
                None
            }
            Patch::Keep => None,
        }
    }

    /// A field that must not be there, and the sentence about it.
    pub fn refuse(&mut self, name: &'static str, sentence: String) {
        if self.values.remove(name).is_some() {
            self.errors.push(name, Problem::Said(sentence.into()));
        }
    }

    /// An id; `null` clears it.
    pub fn uuid(&mut self, name: &'static str) -> Patch<Uuid> {
        match self.text(name) {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(text) => match Uuid::try_parse(&text) {
                Ok(id) => Patch::Set(id),
                Err(_) => self.wrong(name, Problem::MustBe("a UUID")),
            },
        }
    }

    /// A text that `read` knows; what it must be when it does not.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        must_be: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let read = read(&self.required_text(name)?);
        if read.is_none() {
            self.errors.push(name, Problem::MustBe(must_be));
        }
        read
    }

    /// A number.
    pub fn number(&mut self, name: &'static str) -> Option<f64> {
        let number = self.values.remove(name)?.as_f64();
        if number.is_none() {
            self.errors.push(name, Problem::MustBe("a number"));
        }
        number
    }

    /// A whole number.
    pub fn whole(&mut self, name: &'static str) -> Option<i32> {
        let number = self.values.remove(name)?.as_i64();
        let whole = number.and_then(|number| i32::try_from(number).ok());
        if whole.is_none() {
            self.errors.push(name, Problem::MustBe("a whole number"));
        }
        whole
    }

    /// An instant.
    pub fn instant(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        self.read(name, WHEN, rfc3339)
    }

    /// A truth value.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        let flag = self.values.remove(name)?.as_bool();
        if flag.is_none() {
            self.errors.push(name, Problem::MustBe("true or false"));
        }
        flag
    }

    /// Whatever stands there.
    pub fn value(&mut self, name: &'static str) -> Option<Value> {
        self.values.remove(name)
    }

    /// `given`, or a note that the field is missing when nothing else is wrong with it.
    pub fn required<T>(&mut self, name: &'static str, given: Option<T>) -> Option<T> {
        if given.is_none() && self.errors.of(name).is_none() {
            self.errors.push(name, Problem::Required);
        }
        given
    }

    /// Several texts; absent is none.
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.given_texts(name).unwrap_or_default()
    }

    /// Several texts, when they are given.
    pub fn given_texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        let texts = match self.values.remove(name)? {
            Value::Array(values) => values
                .into_iter()
                .map(|value| match value {
                    Value::String(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        if texts.is_none() {
            self.errors
                .push(name, Problem::MustBe("an array of strings"));
        }
        texts
    }

    /// An object of the caller's own making; absent is empty.
    pub fn object(&mut self, name: &'static str) -> Map<String, Value> {
        match self.values.remove(name) {
            None => Map::new(),
            Some(Value::Object(values)) => values,
            Some(_) => {
                self.errors.push(name, Problem::MustBe("an object"));
                Map::new()
            }
        }
    }

    /// What nobody has asked for.
    pub fn rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.values)
    }

    /// `value`, when every field was of its type and none is left over.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`], with the fields in the order they were asked for.
    pub fn done<T>(mut self, value: T) -> Result<T> {
        for name in std::mem::take(&mut self.values)
            .into_iter()
            .map(|(name, _)| name)
        {
            self.errors.push(name, Problem::Unknown);
        }
        self.errors.or(value)
    }

    fn wrong<T>(&mut self, name: &'static str, problem: Problem) -> Patch<T> {
        self.errors.push(name, problem);
        Patch::Keep
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::Error;

    fn fields(value: Value) -> Fields {
        Fields::new(value.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn absent_null_and_given_are_three_things() {
        let mut fields = fields(json!({"a": null, "b": "x", "id": "nope"}));
        assert_eq!(fields.text("a"), Patch::Clear);
        assert_eq!(fields.text("b"), Patch::Set("x".into()));
        assert_eq!(fields.text("c"), Patch::Keep);
        assert_eq!(fields.uuid("id"), Patch::Keep);
        let Err(Error::Invalid(errors)) = fields.done(()) else {
            panic!("a bad id was taken")
        };
        assert_eq!(errors.0[0].sentence("id"), "id must be a UUID");
    }

    #[test]
    fn what_nobody_asked_for_is_told_by_name() {
        let mut fields = fields(json!({"a": 5, "foo": 1}));
        fields.text("a");
        let Err(Error::Invalid(errors)) = fields.done(()) else {
            panic!("an unknown field was taken")
        };
        let told: Vec<_> = errors.0.iter().map(|e| e.sentence(&e.field)).collect();
        assert_eq!(told, ["a must be a string", "foo is not a known field"]);
    }
}
