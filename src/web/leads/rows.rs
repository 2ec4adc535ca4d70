//! A lead's own keys as rows of a form: key, type and value. Rows are added and taken away by
//! buttons of the form, so that it works without script.

use serde_json::Value;

use super::Form;
use super::own_fields::arranged;
use crate::fields::{Catalogue, Field, truth};
use crate::leads::{Metadata, Scalar};

/// More rows than a lead can have keys and an account fields; the room says so when it comes to
/// that.
const MOST_ROWS: usize = 350;
/// Longer texts, and those with line breaks, are typed into a box of several lines: a single line
/// would lose the breaks.
const LINE_CHARACTERS: usize = 80;

/// One key as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The key.
    pub key: String,
    /// The word of the type: `text`, `number` or `truth`.
    pub kind: String,
    /// The value.
    pub value: String,
    /// What the catalogue says of the key.
    pub field: Option<Field>,
}

const KINDS: [(Scalar, &str, &str); 3] = [
    (Scalar::Text, "text", "Text"),
    (Scalar::Number, "number", "Number"),
    (Scalar::Truth, "truth", "Yes or no"),
];

impl Row {
    fn of(key: &str, value: &Value) -> Self {
        let scalar = Scalar::of(value);
        let kind = KINDS.iter().find(|(one, ..)| *one == scalar);
        Self {
            key: key.to_owned(),
            kind: kind.map_or("text", |(_, word, _)| word).to_owned(),
            value: said(value),
            field: None,
        }
    }

    /// The types to choose from: word, label, and whether it is this row's.
    pub fn kinds(&self) -> [(&'static str, &'static str, bool); 3] {
        let known = KINDS.iter().any(|(_, word, _)| *word == self.kind);
        KINDS.map(|(scalar, word, label)| {
            let fallback = !known && scalar == Scalar::Text;
            (word, label, word == self.kind || fallback)
        })
    }

    /// Whether the value wants several lines.
    pub fn long(&self) -> bool {
        self.value.contains('\n') || self.value.chars().count() > LINE_CHARACTERS
    }

    fn blank(&self) -> bool {
        let has_key = self.field.is_none() && !self.key.trim().is_empty();
        !has_key && self.value.trim().is_empty()
    }

    /// The key that is meant: a field's to the letter.
    fn meant(&self) -> &str {
        let field = self.field.as_ref();
        field.map_or_else(|| self.key.trim(), |field| &field.key)
    }

    /// What stands in a field already and was left alone, whatever its type.
    fn kept(&self, now: &Metadata) -> Option<Value> {
        let plain = |text: &str| text.replace("\r\n", "\n");
        let value = now.get(&self.field.as_ref()?.key)?;
        (plain(&said(value)) == plain(&self.value)).then(|| value.clone())
    }

    fn parsed(&self) -> Result<Value, String> {
        if let Some(field) = &self.field {
            let value = field.read(&self.value);
            return value.ok_or_else(|| format!("{} {}", field.label, field.must_be()));
        }
        let (key, typed) = (self.key.trim(), self.value.trim());
        match self.kind.as_str() {
            "number" => match typed.parse().map(Value::Number) {
                Ok(number) => Ok(number),
                Err(_) => Err(format!("{key} must be a number, such as 34 or 2.5")),
            },
            "truth" => {
                let value = truth(typed).map(Value::Bool);
                value.ok_or_else(|| format!("{key} must be yes or no"))
            }
            _ => Ok(Value::String(self.value.clone())),
        }
    }
}

/// A value as people read it.
pub fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

/// The rows of a lead.
pub fn of(metadata: &Metadata, catalogue: &Catalogue) -> Vec<Row> {
    let rows = metadata.iter().map(|(key, value)| Row::of(key, value));
    arranged(rows.collect(), catalogue)
}

/// The rows of a posted form.
pub fn typed(form: &Form, catalogue: &Catalogue) -> Vec<Row> {
    let (mut kinds, mut values) = (form.all("type"), form.all("value"));
    let rows = form.all("key").take(MOST_ROWS).map(|key| Row {
        key: key.to_owned(),
        kind: kinds.next().unwrap_or_default().to_owned(),
        value: values.next().unwrap_or_default().to_owned(),
        field: None,
    });
    arranged(rows.collect(), catalogue)
}

/// The rows after "Add a key" or "Remove", when one of these was pressed.
pub fn edited(form: &Form, catalogue: &Catalogue) -> Option<Vec<Row>> {
    let mut rows = typed(form, catalogue);
    if form.has("add") {
        rows.push(Row::default());
        return Some(rows);
    }
    let at: usize = form.filled("remove")?.parse().ok()?;
    if at < rows.len() {
        rows.remove(at);
    }
    Some(rows)
}

/// What the rows say of a lead that has these keys now. Blank rows say nothing. What is wrong is told
/// with the row's place.
///
/// # Errors
/// A sentence for each row that can't be read.
pub fn metadata(rows: &[Row], now: &Metadata) -> Result<Metadata, Vec<(usize, String)>> {
    let (mut metadata, mut errors) = (Metadata::new(), Vec::new());
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.blank()) {
        let key = row.meant();
        if key.is_empty() {
            errors.push((at, "A key must stand before its value".to_owned()));
        } else if metadata.contains_key(key) {
            errors.push((at, format!("{key} stands here twice")));
        } else {
            match row.kept(now).map_or_else(|| row.parsed(), Ok) {
                Ok(value) => _ = metadata.insert(key.to_owned(), value),
                Err(sentence) => errors.push((at, sentence)),
            }
        }
    }
    if errors.is_empty() {
        Ok(metadata)
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn typed_in(form: &Form) -> Vec<Row> {
        typed(form, &Catalogue::default())
    }

    fn edited_in(text: &str) -> Option<Vec<Row>> {
        edited(&form(text), &Catalogue::default())
    }

    fn form(text: &str) -> Form {
        Form::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn rows_are_read_with_their_types() {
        let rows = typed_in(&form(
            "key=edad&type=number&value=34&key=beca&type=truth&value=Yes&key=a&type=text&value=+b&key=&type=text&value=",
        ));
        let metadata = metadata(&rows, &Metadata::new()).unwrap();
        assert_eq!(
            Value::Object(metadata),
            json!({"edad": 34, "beca": true, "a": " b"})
        );
    }

    #[test]
    fn what_can_not_be_read_is_told_at_its_row() {
        let rows = typed_in(&form(
            "key=edad&type=number&value=old&key=&value=x&type=text&key=b&type=truth&value=perhaps\
             &key=c&type=text&value=1&key=c&type=text&value=2",
        ));
        let told = metadata(&rows, &Metadata::new()).unwrap_err();
        let told: Vec<_> = told.iter().map(|(at, said)| (*at, said.as_str())).collect();
        let sentences = [
            (0, "edad must be a number, such as 34 or 2.5"),
            (1, "A key must stand before its value"),
            (2, "b must be yes or no"),
            (4, "c stands here twice"),
        ];
        assert_eq!(told, sentences);
    }

    #[test]
    fn a_row_is_added_at_the_end_and_taken_away_from_its_place() {
        let said = |rows: Option<Vec<Row>>| -> Vec<String> {
            rows.unwrap().into_iter().map(|row| row.key).collect()
        };
        assert_eq!(said(edited_in("key=a&key=b&add=row")), ["a", "b", ""]);
        assert_eq!(said(edited_in("key=a&key=b&remove=0")), ["b"]);
        assert_eq!(said(edited_in("key=a&remove=7")), ["a"]);
        assert_eq!(edited_in("key=a&remove=x"), None);
        assert_eq!(edited_in("key=a"), None);
    }

    proptest! {
        #[test]
        fn a_value_is_read_back_from_its_row(number: i64, truth: bool, text in "[^\r]{0,20}") {
            let given = json!({"number": number, "truth": truth, "text": text});
            let given = given.as_object().unwrap();
            let rows = of(given, &Catalogue::default());
            prop_assert_eq!(&metadata(&rows, &Metadata::new()).unwrap(), given);
        }
    }
}
