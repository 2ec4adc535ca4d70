//! The fields of the catalogue in the list of leads: its columns, its filters and their words.

use super::chips::Chip;
use super::list::List;
use super::own_fields::said_in;
use super::rows::said;
use super::{Choice, Form};
use crate::fields::{Catalogue, Field, Kind};
use crate::leads::Lead;

/// What stands before a key in an address.
pub const OF_KEY: &str = "metadata.";
/// As many fields are offered as filters, and as many keys of an address are read: with more, nobody
/// would find anything.
const MOST: usize = 20;

/// A filter that is offered.
pub struct Offered {
    /// Its name in the address.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What can be chosen; nothing where one types.
    pub choices: Vec<Choice>,
    /// What is typed.
    pub value: String,
    /// The type of its input.
    pub input: &'static str,
}

/// What an address asks of keys, as pairs of key and value.
pub fn asked(form: &Form) -> Vec<(String, String)> {
    let mut asked: Vec<(String, String)> = Vec::new();
    for (name, value) in form.pairs() {
        let key = name.strip_prefix(OF_KEY).unwrap_or_default();
        let value = value.trim();
        let is_said = !key.is_empty() && !value.is_empty();
        // The database can't even be asked for a NUL.
        let is_fit = !key.contains('\0') && !value.contains('\0');
        let is_new = asked.iter().all(|(there, _)| there != key);
        if is_said && is_fit && is_new && asked.len() < MOST {
            asked.push((key.to_owned(), value.to_owned()));
        }
    }
    asked
}

/// The filters to choose from: the fields of the catalogue, and keys that are asked for.
pub fn offered(list: &List, catalogue: &Catalogue) -> Vec<Offered> {
    let current = |key: &str| {
        let asked = list.query.metadata.iter().find(|(one, _)| one == key);
        asked.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let offer = |key: &str, field: Option<&Field>| Offered {
        name: format!("{OF_KEY}{key}"),
        label: field.map_or(key, |field| &field.label).to_owned(),
        choices: field.map_or_else(Vec::new, |field| choices(field, &current(key))),
        value: current(key),
        input: match field.map(|field| field.kind) {
            Some(Kind::Date) => "date",
            _ => "text",
        },
    };
    let is_asked = |field: &Field| list.query.metadata.iter().any(|(key, _)| *key == field.key);
    let fields = catalogue.iter().enumerate();
    let fields = fields.filter(|(at, field)| *at < MOST || is_asked(field));
    let fields = fields.map(|(_, field)| offer(&field.key, Some(field)));
    let loose = list.query.metadata.iter();
    let loose = loose.filter(|(key, _)| catalogue.get(key).is_none());
    fields
        .chain(loose.map(|(key, _)| offer(key, None)))
        .collect()
}

fn choices(field: &Field, current: &str) -> Vec<Choice> {
    let words: Vec<(&str, &str)> = match field.kind {
        Kind::Boolean => vec![("true", "yes"), ("false", "no")],
        _ => field.choices.iter().map(|one| (&**one, &**one)).collect(),
    };
    if words.is_empty() {
        return Vec::new();
    }
    let mut all = vec![Choice::new("", "Any or none", current)];
    all.extend(
        words
            .into_iter()
            .map(|(word, label)| Choice::new(word, label, current)),
    );
    // Sending the form must not widen the list unasked.
    if !all.iter().any(|one| one.chosen) {
        all.push(Choice::new(current, current, current));
    }
    all
}

/// What is asked of keys, in words.
pub fn chips(list: &List, catalogue: &Catalogue) -> Vec<Chip> {
    let asked = list.query.metadata.iter();
    asked
        .map(|(key, value)| {
            let field = catalogue.get(key);
            let label = field.map_or(key, |field| &field.label);
            let value = match (field.map(|field| field.kind), value.as_str()) {
                (Some(Kind::Boolean), "true") => "yes".to_owned(),
                (Some(Kind::Boolean), "false") => "no".to_owned(),
                _ => value.clone(),
            };
            Chip {
                what: format!("{label} is").into(),
                value,
                without: list.without_key(key),
            }
        })
        .collect()
}

/// The columns to choose from: word, heading, and whether it is shown. Those that are shown and no
/// fields any more are called by their keys.
pub fn columns(list: &List, catalogue: &Catalogue) -> Vec<(String, String, bool)> {
    let shown = list.columns.keys();
    let fields = catalogue.iter().map(|field| {
        let is_shown = shown.contains(&field.key);
        (
            format!("{OF_KEY}{}", field.key),
            field.label.clone(),
            is_shown,
        )
    });
    let loose = shown.iter().filter(|key| catalogue.get(key).is_none());
    let loose = loose.map(|key| (format!("{OF_KEY}{key}"), key.clone(), true));
    fields.chain(loose).collect()
}

/// What a lead says in a column.
pub fn cell(lead: &Lead, word: &str, catalogue: &Catalogue) -> String {
    let key = word.strip_prefix(OF_KEY).unwrap_or_default();
    match (lead.metadata.get(key), catalogue.get(key)) {
        (None, _) => String::new(),
        (Some(value), Some(field)) => said_in(field, value),
        (Some(value), None) => said(value),
    }
}
