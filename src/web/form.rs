//! What a form or an address carries: names and values in the order they were sent, a name any
//! number of times.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use percent_encoding::percent_decode;

use super::errors::Fault;
use crate::error::FieldErrors;

/// The largest form that is read.
pub const LIMIT: usize = 1024 * 1024;

/// The names and values of a posted form whose token was right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded` text. Line ends, which browsers send as CR LF,
    /// become what was typed.
    ///
    /// # Errors
    /// [`Fault::Malformed`] when a percent sign stands alone or the bytes are not UTF-8.
    pub fn parse(text: &[u8]) -> Result<Self, Fault> {
        let pairs = text
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let cut = pair
                    .iter()
                    .position(|byte| *byte == b'=')
                    .unwrap_or(pair.len());
                let value = pair.get(cut + 1..).unwrap_or_default();
                Ok((decode(&pair[..cut])?, decode(value)?))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// A form as its page shows it before anything was typed.
    pub fn filled_with(values: &[(&str, &str)]) -> Self {
        Self(
            values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The same of names and values that are made for it.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The first value of a name, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// The first value of a name without the space around it, unless nothing is left.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a name was sent at all, as a ticked box is.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Everything, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

fn decode(text: &[u8]) -> Result<String, Fault> {
    let lone = |at: usize| {
        !text
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    };
    if text
        .iter()
        .enumerate()
        .any(|(at, byte)| *byte == b'%' && lone(at))
    {
        return Err(Fault::Malformed);
    }
    let spaced: Vec<u8> = text
        .iter()
        .map(|b| if *b == b'+' { b' ' } else { *b })
        .collect();
    let decoded = percent_decode(&spaced)
        .decode_utf8()
        .map_err(|_| Fault::Malformed)?;
    Ok(decoded.replace("\r\n", "\n"))
}

impl FromRequest for Form {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // The guard has read it and checked its token; without the guard there is no form.
        ready(
            request
                .extensions_mut()
                .remove::<Self>()
                .ok_or(Fault::StaleForm),
        )
    }
}

/// The names and values after the question mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(pub Form);

impl FromRequest for Query {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Form::parse(request.query_string().as_bytes()).map(Self))
    }
}

/// One of the values a field offers.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is the one now.
    pub chosen: bool,
}

impl Choice {
    /// A value and what people call it, chosen when it is the `current` one.
    pub fn new(value: impl Into<String>, label: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        Self {
            chosen: value == current,
            value,
            label: label.into(),
        }
    }
}

/// The broken rules of a form as its page shows them: a summary on top and a sentence beside
/// each field.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Broken>);

/// One sentence.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The field's name; its input has the id `f-` and this.
    pub field: String,
    /// What is wrong with it.
    pub sentence: String,
}

impl Problems {
    /// Sentences for broken rules, with `labels` for what the page calls each field; a field
    /// without one is called by its name.
    pub fn new(errors: &FieldErrors, labels: &[(&str, &str)]) -> Self {
        let label = |field: &str| {
            labels
                .iter()
                .find(|(name, _)| *name == field)
                .map(|(_, label)| (*label).to_owned())
        };
        Self(
            errors
                .0
                .iter()
                .map(|error| {
                    let label = label(&error.field).unwrap_or_else(|| error.field.to_string());
                    Broken {
                        field: error.field.to_string(),
                        sentence: error.sentence(&label),
                    }
                })
                .collect(),
        )
    }

    /// Sentences about fields, each with the field's name.
    pub fn many(sentences: impl Iterator<Item = (String, String)>) -> Self {
        Self(
            sentences
                .map(|(field, sentence)| Broken { field, sentence })
                .collect(),
        )
    }

    /// One sentence about one field.
    pub fn one(field: &str, sentence: impl Into<String>) -> Self {
        Self(vec![Broken {
            field: field.to_owned(),
            sentence: sentence.into(),
        }])
    }

    /// Whether every rule is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are broken.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order of the fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Broken> {
        self.0.iter()
    }

    /// The sentence for a field, or nothing.
    pub fn of(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|one| one.field == field)
            .map_or("", |one| &one.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Problem;

    #[test]
    fn names_may_repeat_and_keep_their_order() {
        let form = Form::parse(b"key=a&key=b&note=two+words%0D%0Aand+a+line&empty&=x").unwrap();
        assert_eq!(form.all("key").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.get("note"), "two words\nand a line");
        assert!(form.has("empty") && !form.has("absent"));
        assert_eq!(form.filled("empty"), None);
    }

    #[test]
    fn what_is_not_utf_8_or_not_percent_coding_is_refused() {
        for text in ["a=%FF", "a=%C3", "a=%", "a=%4", "a=%zz", "%ED%A0%80=1"] {
            assert!(
                matches!(Form::parse(text.as_bytes()), Err(Fault::Malformed)),
                "{text}"
            );
        }
        assert_eq!(Form::parse(b"a=%00").unwrap().get("a"), "\0");
    }

    #[test]
    fn a_broken_rule_is_told_with_the_fields_label() {
        let mut errors = FieldErrors::default();
        errors.push("first_name", Problem::Required);
        let problems = Problems::new(&errors, &[("first_name", "First name")]);
        assert_eq!(problems.of("first_name"), "First name is required");
        assert_eq!(problems.of("email"), "");
    }
}
