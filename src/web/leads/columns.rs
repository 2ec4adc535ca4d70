//! The columns of the list and which of them are shown.

use std::collections::BTreeSet;

use super::own_list::OF_KEY;
use crate::text;

/// A column that can be shown or not. The name always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Phone, to call.
    Phone,
    /// E-mail, to write to.
    Email,
    /// Status in the workflow.
    Status,
    /// Workflow and step.
    Workflow,
    /// What is due next.
    Next,
    /// Owner.
    Owner,
    /// Team.
    Team,
    /// Campaign.
    Campaign,
    /// Source.
    Source,
    /// When somebody last reached out.
    Contacted,
    /// When it last changed.
    Changed,
    /// The number people call it by.
    Number,
    /// How long it has been here.
    Age,
}

use Column::*;

/// Every column in the order of the table: its word in the address, its heading, and whether it
/// is shown to somebody who did not choose.
const COLUMNS: [(Column, &str, &str, bool); 13] = [
    (Phone, "phone", "Phone", true),
    (Email, "email", "E-mail", false),
    (Status, "status", "Status", true),
    (Workflow, "workflow", "Workflow", true),
    (Next, "next", "Next action", true),
    (Owner, "owner", "Owner", true),
    (Team, "team", "Team", false),
    (Campaign, "campaign", "Campaign", false),
    (Source, "source", "Source", true),
    (Contacted, "contacted", "Last contact", false),
    (Changed, "changed", "Last change", false),
    (Number, "number", "Number", false),
    (Age, "age", "Age", true),
];

/// The word of the column that is always there. It tells "no other column" from "not chosen".
const NAME: &str = "name";
/// As many keys of leads are shown at once.
const MOST_KEYS: usize = 20;

/// The columns that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    fixed: BTreeSet<Column>,
    /// Keys in the metadata of leads.
    keys: Vec<String>,
}

impl Default for Columns {
    fn default() -> Self {
        let usual = COLUMNS.iter().filter(|(.., usual)| *usual);
        Self {
            fixed: usual.map(|(column, ..)| *column).collect(),
            keys: Vec::new(),
        }
    }
}

impl Columns {
    /// The columns of the words in an address, in any order, apart or joined by commas, but for keys,
    /// which may have commas themselves; the usual ones when there is none. Also the words that name
    /// no column.
    pub fn read<'a>(words: impl Iterator<Item = &'a str>) -> (Self, Vec<String>) {
        let (mut chosen, mut unknown, mut any) = (BTreeSet::new(), Vec::new(), false);
        let mut keys: Vec<String> = Vec::new();
        let apart = |words: &'a str| match words.starts_with(OF_KEY) {
            true => vec![words],
            false => words.split(',').map(str::trim).collect(),
        };
        for word in words.flat_map(apart).filter(|word| !word.is_empty()) {
            if let Some(key) = word.strip_prefix(OF_KEY) {
                let is_new =
                    !key.is_empty() && !text::has_nul(key) && !keys.iter().any(|it| it == key);
                if is_new && keys.len() < MOST_KEYS {
                    keys.push(key.to_owned());
                }
                any = true;
                continue;
            }
            match COLUMNS.iter().find(|(_, name, ..)| *name == word) {
                Some((column, ..)) => _ = chosen.insert(*column),
                None if word != NAME => {
                    unknown.push(word.to_owned());
                    continue;
                }
                None => {}
            }
            any = true;
        }
        let chosen = Self {
            fixed: chosen,
            keys,
        };
        let columns = if any { chosen } else { Self::default() };
        (columns, unknown)
    }

    /// Their words for the address, unless they are the usual ones.
    pub fn words(&self) -> Vec<String> {
        if *self == Self::default() {
            return Vec::new();
        }
        let words = COLUMNS
            .iter()
            .filter(|(column, ..)| self.fixed.contains(column));
        let words: Vec<&str> = words.map(|(_, word, ..)| *word).collect();
        let fixed = if words.is_empty() {
            NAME.to_owned()
        } else {
            words.join(",")
        };
        let keys = self.keys.iter().map(|key| format!("{OF_KEY}{key}"));
        std::iter::once(fixed).chain(keys).collect()
    }

    /// The keys that are shown.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether a column is shown, by its word.
    pub fn show(&self, word: &str) -> bool {
        let mut all = COLUMNS.iter();
        all.any(|(column, name, ..)| *name == word && self.fixed.contains(column))
    }

    /// Every column as word, heading and whether it is shown, in the order of the table.
    pub fn choices(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        COLUMNS
            .iter()
            .map(|(column, word, heading, _)| (*word, *heading, self.fixed.contains(column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> (Columns, Vec<String>) {
        Columns::read(words.iter().copied())
    }

    #[test]
    fn somebody_who_did_not_choose_sees_the_usual_columns() {
        for words in [&[][..], &[""], &["nonsense"]] {
            assert_eq!(read(words).0, Columns::default(), "{words:?}");
        }
        assert_eq!(Columns::default().words(), [""; 0]);
    }

    #[test]
    fn columns_come_apart_or_joined_and_go_back_in_the_tables_order() {
        let (columns, unknown) = read(&["age,phone", "name", "hat"]);
        assert_eq!(columns.words(), ["phone,age"]);
        assert_eq!(unknown, ["hat"]);
        assert!(columns.show("age") && !columns.show("status") && !columns.show("hat"));
    }

    #[test]
    fn the_name_alone_is_a_choice_too() {
        let (columns, _) = read(&["name"]);
        assert_eq!(columns.words(), ["name"]);
        assert!(columns.choices().all(|(.., shown)| !shown));
    }

    #[test]
    fn keys_are_columns_too_whatever_they_are_called() {
        let (columns, unknown) = read(&["age,phone", "metadata.a,b", "metadata.c", "metadata.c"]);
        assert_eq!(columns.keys(), ["a,b", "c"]);
        assert_eq!(columns.words(), ["phone,age", "metadata.a,b", "metadata.c"]);
        assert_eq!(unknown, [""; 0]);
        assert_eq!(read(&["metadata.c"]).0.words(), ["name", "metadata.c"]);
    }

    #[test]
    fn every_column_has_a_word_of_its_own() {
        let words: BTreeSet<&str> = COLUMNS.iter().map(|(_, word, ..)| *word).collect();
        assert_eq!(words.len(), COLUMNS.len());
    }
}
