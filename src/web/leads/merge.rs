//! What becomes of a form when somebody else has changed its lead since it was opened: what only
//! one has changed is taken from the one; what both have changed clashes.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::sheet::{Sheet, line, lines};

/// A short print of each field as it was when the form was opened.
pub type Prints = BTreeMap<String, String>;

/// What becomes of a form whose lead was changed in the meantime.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The form: what was typed, and elsewhere what is new.
    pub sheet: Sheet,
    /// Fields that both have changed, by name; the form holds what was typed.
    pub clashing: Vec<String>,
    /// Fields that only the other has changed.
    pub adopted: Vec<String>,
}

impl Sheet {
    /// Its prints.
    pub fn prints(&self) -> Prints {
        let texts = self.flat().into_iter();
        texts.map(|(name, text)| (name, print(&text))).collect()
    }

    /// Every field and key by name, in one form.
    fn flat(&self) -> BTreeMap<String, String> {
        let fields = self.fields.iter();
        let fields = fields.map(|(name, text)| ((*name).to_owned(), line(text)));
        let keys = self.metadata.iter();
        let keys = keys.map(|(key, value)| (format!("metadata.{key}"), lines(value).to_string()));
        fields.chain(keys).collect()
    }

    /// This form over a lead that is like `now` and was like `was` when the form was opened.
    pub fn merged(&self, was: &Prints, now: &Self) -> Merged {
        let mut merged = Merged {
            sheet: self.clone(),
            ..Merged::default()
        };
        for (name, text) in &now.fields {
            merged
                .sheet
                .fields
                .entry(name)
                .or_insert_with(|| text.clone());
        }
        let (mine, theirs) = (self.flat(), now.flat());
        let names: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
        for name in names {
            let [my_text, their_text] = [mine.get(name), theirs.get(name)];
            let same =
                |text: Option<&String>| text.map(|text| print(text)).as_ref() == was.get(name);
            let sent = name.starts_with("metadata.") || my_text.is_some();
            if my_text == their_text || !sent {
                continue;
            }
            if same(my_text) {
                merged.sheet.take(name, now);
                merged.adopted.push(name.clone());
            } else if !same(their_text) {
                merged.clashing.push(name.clone());
            }
        }
        merged
    }
}

fn print(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::web::leads::sheet::sample as sheet;

    #[test]
    fn each_side_keeps_what_only_it_has_changed() {
        let was = sheet(
            &[("phone", "1"), ("company", "A"), ("title", "T")],
            json!({"k": 1, "l": 1}),
        );
        let now = sheet(
            &[("phone", "1"), ("company", "B"), ("title", "U")],
            json!({"k": 2, "m": 1}),
        );
        let mine = sheet(
            &[("phone", "2"), ("company", "A"), ("title", "V")],
            json!({"k": 1, "l": 1}),
        );
        let merged = mine.merged(&was.prints(), &now);
        assert_eq!(merged.clashing, ["title"]);
        let adopted = ["company", "metadata.k", "metadata.l", "metadata.m"];
        assert_eq!(merged.adopted, adopted);
        let expected = sheet(
            &[("phone", "2"), ("company", "B"), ("title", "V")],
            json!({"k": 2, "m": 1}),
        );
        assert_eq!(merged.sheet, expected);
    }

    #[test]
    fn without_prints_every_difference_clashes() {
        let now = sheet(&[("phone", "1"), ("company", "A")], json!({}));
        let mine = sheet(&[("phone", "2"), ("company", "A")], json!({}));
        let merged = mine.merged(&Prints::new(), &now);
        assert_eq!(merged.clashing, ["phone"]);
        assert_eq!(merged.sheet, mine);
    }
}
