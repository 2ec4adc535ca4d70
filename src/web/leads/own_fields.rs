//! The fields of the catalogue on a lead's form and page: each has a place there, whether the lead
//! says something in it or not.

use chrono::NaiveDate;
use serde_json::Value;

use super::Choice;
use super::fields::{Fields, row_field};
use super::labels::label;
use super::rows::{Row, said};
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::Result;
use crate::fields::{Catalogue, Field, Kind, catalogue};
use crate::leads::Lead;

/// Rows with those of the catalogue's fields first, each in its place. Whoever adds a row for a key
/// that is a field means the field.
pub fn arranged(mut rows: Vec<Row>, catalogue: &Catalogue) -> Vec<Row> {
    let mut arranged = Vec::with_capacity(rows.len());
    for field in catalogue.iter() {
        let is_its = |row: &Row| row.key == field.key || row.key.trim() == field.key;
        let filled = rows.iter().position(|row| is_its(row) && row.says());
        let at = filled.or_else(|| rows.iter().position(is_its));
        let row = at.map(|at| rows.remove(at)).unwrap_or_default();
        rows.retain(|row| row.says() || !is_its(row));
        arranged.push(Row {
            key: field.key.clone(),
            field: Some(field.clone()),
            ..row
        });
    }
    arranged.extend(rows);
    arranged
}

impl Row {
    /// Whether something is typed as its value.
    fn says(&self) -> bool {
        !self.value.trim().is_empty()
    }

    /// What can be chosen, when it is a field in which one chooses.
    pub fn options(&self) -> Vec<Choice> {
        let words: Vec<&str> = match &self.field {
            Some(field) if field.kind == Kind::Boolean => vec!["yes", "no"],
            Some(field) => field.choices.iter().map(String::as_str).collect(),
            None => Vec::new(),
        };
        if words.is_empty() {
            return Vec::new();
        }
        let current = self.value.as_str();
        let choice = |word: &str| Choice::new(word, word, current);
        let mut all = vec![Choice::new("", "Not said", current)];
        all.extend(words.into_iter().map(choice));
        // What stands there from before stays unless another is chosen.
        if !all.iter().any(|one| one.chosen) {
            all.push(choice(current));
        }
        all
    }

    /// The type of its input. A browser would drop what is no date from a field for dates.
    pub fn input(&self) -> &'static str {
        match &self.field {
            Some(field) if field.kind == Kind::Date => {
                match self.value.is_empty() || field.allows(&self.value.as_str().into()) {
                    true => "date",
                    false => "text",
                }
            }
            _ => "text",
        }
    }

    /// Whether a number is typed into it.
    pub fn is_number(&self) -> bool {
        let field = self.field.as_ref();
        field.is_some_and(|field| field.kind == Kind::Number)
    }
}

impl Fields {
    /// The row of a key, with its place.
    pub fn row_of(&self, key: &str) -> Option<(usize, &Row)> {
        let mut rows = self.rows.iter().enumerate();
        rows.find(|(_, row)| row.key.trim() == key.trim())
    }

    /// What a field or a key is called.
    pub fn label<'a>(&'a self, name: &'a str) -> &'a str {
        let key = name.strip_prefix("metadata.");
        let row = key.and_then(|key| self.row_of(key));
        let field = row.and_then(|(_, row)| row.field.as_ref());
        field.map_or_else(|| label(name), |field| &field.label)
    }

    /// Where a field or a key stands on the page.
    pub fn anchor(&self, name: &str) -> String {
        let key = name.strip_prefix("metadata.");
        match (key, key.and_then(|key| self.row_of(key))) {
            (None, _) => format!("f-{name}"),
            (Some(_), Some((at, row))) if row.field.is_some() => format!("f-{}", row_field(at)),
            (Some(_), _) => "f-metadata".to_owned(),
        }
    }

    /// Whether the account has fields of its own.
    pub fn has_own(&self) -> bool {
        self.rows.iter().any(|row| row.field.is_some())
    }

    /// Whether there are keys that are no fields.
    pub fn has_keys(&self) -> bool {
        self.rows.iter().any(|row| row.field.is_none())
    }
}

/// The catalogue, to show a lead with; the empty one, without a question, when the lead says nothing.
///
/// # Errors
/// When the database can't be asked.
pub fn catalogue_of(conn: &mut PgConnection, caller: &Caller, lead: &Lead) -> Result<Catalogue> {
    match lead.metadata_map().is_empty() {
        true => Ok(Catalogue::default()),
        false => catalogue(conn, caller.account.id),
    }
}

/// What a lead says in the fields of the catalogue, by their labels.
pub fn facts(lead: &Lead, catalogue: &Catalogue) -> Vec<(String, String)> {
    let metadata = lead.metadata_map();
    let fact = |field: &Field| {
        let value = metadata.get(&field.key)?;
        Some((field.label.clone(), said_in(field, value)))
    };
    catalogue.iter().filter_map(fact).collect()
}

/// What it says under other keys.
pub fn loose_facts(lead: &Lead, catalogue: &Catalogue) -> Vec<(String, String)> {
    let metadata = lead.metadata_map();
    let loose = metadata.iter();
    let loose = loose.filter(|(key, _)| catalogue.get(key).is_none());
    loose
        .map(|(key, value)| (key.clone(), said(value)))
        .collect()
}

/// A value of a field as people read it.
pub fn said_in(field: &Field, value: &Value) -> String {
    let day = value.as_str().filter(|_| field.kind == Kind::Date);
    let day = day.and_then(|day| day.parse::<NaiveDate>().ok());
    day.map_or_else(|| said(value), |day| day.format("%-d %b %Y").to_string())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn field(key: &str, kind: Kind, choices: &[&str]) -> Field {
        Field {
            id: Uuid::nil(),
            key: key.to_owned(),
            label: key.to_owned(),
            kind,
            choices: choices.iter().map(|one| (*one).to_owned()).collect(),
            position: 0,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn row(key: &str, value: &str) -> Row {
        Row {
            key: key.to_owned(),
            value: value.to_owned(),
            ..Row::default()
        }
    }

    #[test]
    fn fields_come_first_and_take_the_row_that_says_something() {
        let catalogue: Catalogue = ["age", "city"]
            .map(|key| field(key, Kind::Text, &[]))
            .into_iter()
            .collect();
        let rows = vec![
            row("x", "1"),
            row("age", ""),
            row(" age ", "35"),
            row("", ""),
        ];
        let arranged = arranged(rows, &catalogue);
        let told = arranged.iter().map(|row| {
            let is_field = row.field.is_some();
            (row.key.as_str(), row.value.as_str(), is_field)
        });
        let expected = [
            ("age", "35", true),
            ("city", "", true),
            ("x", "1", false),
            ("", "", false),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_stands_in_a_field_from_before_can_be_kept() {
        let of = |kind, value: &str| Row {
            field: Some(field("k", kind, &["A", "B"])),
            ..row("k", value)
        };
        let chosen = |row: Row| {
            let all = row.options();
            all.into_iter().find(|one| one.chosen).unwrap().value
        };
        assert_eq!(chosen(of(Kind::Choice, "B")), "B");
        assert_eq!(chosen(of(Kind::Choice, "C")), "C");
        assert_eq!(chosen(of(Kind::Boolean, "")), "");
        assert_eq!(of(Kind::Date, "2027-03-01").input(), "date");
        assert_eq!(of(Kind::Date, "spring").input(), "text");
    }

    #[test]
    fn a_day_is_read_as_a_day() {
        let date = field("k", Kind::Date, &[]);
        assert_eq!(said_in(&date, &json!("2027-03-01")), "1 Mar 2027");
        assert_eq!(said_in(&date, &json!("spring")), "spring");
        let text = field("k", Kind::Text, &[]);
        assert_eq!(said_in(&text, &json!("2027-03-01")), "2027-03-01");
    }
}
