//! The columns of the list and which of them are shown.

use std::collections::BTreeSet;

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

/// The columns that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(BTreeSet<Column>);

impl Default for Columns {
    fn default() -> Self {
        let usual = COLUMNS.iter().filter(|(.., usual)| *usual);
        Self(usual.map(|(column, ..)| *column).collect())
    }
}

impl Columns {
    /// The columns of the words in an address, in any order, apart or joined by commas; the usual
    /// ones when there is none. Also the words that name no column.
    pub fn read<'a>(words: impl Iterator<Item = &'a str>) -> (Self, Vec<String>) {
        let (mut chosen, mut unknown, mut any) = (BTreeSet::new(), Vec::new(), false);
        let words = words.flat_map(|words| words.split(',')).map(str::trim);
        for word in words.filter(|word| !word.is_empty()) {
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
        let columns = if any { Self(chosen) } else { Self::default() };
        (columns, unknown)
    }

    /// Their words for the address, unless they are the usual ones.
    pub fn words(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let words = COLUMNS
            .iter()
            .filter(|(column, ..)| self.0.contains(column));
        let words: Vec<&str> = words.map(|(_, word, ..)| *word).collect();
        Some(if words.is_empty() {
            NAME.to_owned()
        } else {
            words.join(",")
        })
    }

    /// Whether a column is shown, by its word.
    pub fn show(&self, word: &str) -> bool {
        let mut all = COLUMNS.iter();
        all.any(|(column, name, ..)| *name == word && self.0.contains(column))
    }

    /// Every column as word, heading and whether it is shown, in the order of the table.
    pub fn choices(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        COLUMNS
            .iter()
            .map(|(column, word, heading, _)| (*word, *heading, self.0.contains(column)))
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
        assert_eq!(Columns::default().words(), None);
    }

    #[test]
    fn columns_come_apart_or_joined_and_go_back_in_the_tables_order() {
        let (columns, unknown) = read(&["age,phone", "name", "hat"]);
        assert_eq!(columns.words().as_deref(), Some("phone,age"));
        assert_eq!(unknown, ["hat"]);
        assert!(columns.show("age") && !columns.show("status") && !columns.show("hat"));
    }

    #[test]
    fn the_name_alone_is_a_choice_too() {
        let (columns, _) = read(&["name"]);
        assert_eq!(columns.words().as_deref(), Some("name"));
        assert!(columns.choices().all(|(.., shown)| !shown));
    }

    #[test]
    fn every_column_has_a_word_of_its_own() {
        let words: BTreeSet<&str> = COLUMNS.iter().map(|(_, word, ..)| *word).collect();
        assert_eq!(words.len(), COLUMNS.len());
    }
}
