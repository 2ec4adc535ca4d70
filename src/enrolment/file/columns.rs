//! What the columns of a file say of its leads (contract §4).

use super::plan::{Field, Reading, Target};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::text;

/// The most keys a lead can have of its own.
const MOST_KEYS: usize = 200;
const KEY_CHARACTERS: usize = 100;
/// What a column's name begins with that fills a key, whatever the key is called.
pub const OF_KEY: &str = "metadata.";
/// What a column's name begins with in a file that left, where it only tells of the lead.
pub const TOLD: &str = "leadline.";

impl Field {
    /// The field a header names, whatever its case, blanks, dashes and underscores.
    fn of_contract(header: &str) -> Option<Self> {
        let named = |field: &&Self| same(header, field.as_str());
        Self::ALL
            .iter()
            .filter(|field| !field.is_of_people())
            .find(named)
            .copied()
    }

    /// Whether only a person can say that a column is for it: in a file of the API, a column of
    /// this name is an own key (contract §4).
    pub fn is_of_people(self) -> bool {
        matches!(self, Self::Owner | Self::Tags | Self::Source)
    }
}

/// Whether a header is this name, whatever its case, blanks, dashes and underscores.
pub fn same(header: &str, name: &str) -> bool {
    let plain = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|c| !c.is_whitespace() && !"-_".contains(*c));
        kept.flat_map(char::to_lowercase).collect()
    };
    plain(header) == plain(name)
}

/// What the columns of a file of the API are for, by its header.
///
/// # Errors
/// [`Error::Invalid`] with the field `file` when there is no `phone_number`, two columns have the
/// same name, or a name can't be a key of a lead.
pub fn of_contract(header: &[String]) -> Result<Vec<Target>> {
    let mut targets: Vec<Target> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let target = target(name)?;
        let earlier = targets.iter().position(|before| *before == target);
        let once = matches!(target, Target::Field(_) | Target::Key { .. });
        if let Some(earlier) = earlier.filter(|_| once) {
            return Err(unfit(format!(
                "The columns {} and {} have the same name, {name}",
                letters(earlier),
                letters(at)
            )));
        }
        targets.push(target);
    }
    if !targets.contains(&Target::Field(Field::Phone)) {
        let named = header.iter().find(|name| !name.is_empty());
        return Err(unfit(match named {
            Some(first) => format!(
                "The file has no column phone_number; its header begins with {}",
                text::at_most(first, 40)
            ),
            None => "The file has no column phone_number".to_owned(),
        }));
    }
    if keys(&targets).count() > MOST_KEYS {
        return Err(unfit(format!(
            "The file has more than {MOST_KEYS} columns of its own"
        )));
    }
    Ok(targets)
}

/// Notes what is wrong with the columns as a person has chosen them; each field reads
/// `column_<place>`, from 0.
pub fn check(targets: &[Target], errors: &mut FieldErrors) {
    for (at, target) in targets.iter().enumerate() {
        let field = || format!("column_{at}");
        let said = |sentence: String| Problem::Said(sentence.into());
        if let Target::Key { key, .. } = target {
            if key.trim().is_empty() {
                errors.push(field(), said("Say what the new field is called".into()));
            } else if key.chars().count() > KEY_CHARACTERS {
                errors.push(field(), Problem::TooLong(KEY_CHARACTERS));
            } else if text::has_nul(key) {
                errors.push(field(), Problem::Nul);
            }
        }
        let same = |before: &Target| match (before, target) {
            (Target::Field(before), Target::Field(this)) => before == this,
            (Target::Key { key: before, .. }, Target::Key { key, .. }) => before == key,
            _ => false,
        };
        if let Some(earlier) = targets[..at].iter().position(same) {
            let sentence = format!("Column {} is for the same", letters(earlier));
            errors.push(field(), said(sentence));
        }
    }
    if keys(targets).count() > MOST_KEYS {
        let sentence = format!("At most {MOST_KEYS} columns can be fields of their own");
        errors.push("columns", Problem::Said(sentence.into()));
    }
}

fn keys(targets: &[Target]) -> impl Iterator<Item = &Target> {
    targets
        .iter()
        .filter(|target| matches!(target, Target::Key { .. }))
}

/// What a column of this name is for in a file of the API.
///
/// # Errors
/// [`Error::Invalid`] with the field `file` when it can't be a key of a lead.
pub fn target(name: &str) -> Result<Target> {
    if name.is_empty() {
        return Ok(Target::Nameless);
    }
    if let Some(field) = Field::of_contract(name) {
        return Ok(Target::Field(field));
    }
    if name.starts_with(TOLD) {
        return Ok(Target::Ignored);
    }
    let key = key(name);
    if key.chars().count() > KEY_CHARACTERS {
        return Err(unfit(format!(
            "The name of a column must be at most {KEY_CHARACTERS} characters long; one begins with {}",
            text::at_most(key, 40)
        )));
    }
    let key = key.to_owned();
    let reading = Reading::Text;
    Ok(Target::Key { key, reading })
}

/// The key that a column of this name fills, when it fills one.
pub fn key(name: &str) -> &str {
    let key = name.strip_prefix(OF_KEY);
    key.filter(|key| !key.trim().is_empty()).unwrap_or(name)
}

/// A column as a spreadsheet calls it: A to Z, AA and so on.
pub fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or_default()));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn unfit(sentence: String) -> Error {
    Error::invalid("file", Problem::Said(sentence.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &[&str]) -> Result<Vec<Target>> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        of_contract(&header)
    }

    fn key(name: &str) -> Target {
        Target::Key {
            key: name.into(),
            reading: Reading::Text,
        }
    }

    #[test]
    fn a_header_is_matched_without_regard_to_case_blanks_and_dashes() {
        for name in [
            "phone_number",
            "Phone Number",
            "PHONE-NUMBER",
            "phoneNumber",
        ] {
            let columns = columns(&["City", name]).unwrap();
            assert_eq!(columns, [key("City"), Target::Field(Field::Phone)]);
        }
    }

    #[test]
    fn a_file_of_the_api_has_own_keys_where_a_person_could_mean_more() {
        let columns = columns(&["phone_number", "owner", "tags", "source"]).unwrap();
        assert_eq!(columns[1..], ["owner", "tags", "source"].map(key));
    }

    #[test]
    fn what_only_tells_is_ignored_any_number_of_times() {
        let columns = columns(&["phone_number", "leadline.status", "leadline.status"]).unwrap();
        assert_eq!(columns[1..], [Target::Ignored, Target::Ignored]);
    }

    #[test]
    fn a_key_can_be_named_that_would_be_something_else() {
        for (name, means) in [
            ("metadata.name", "name"),
            ("metadata.leadline.x", "leadline.x"),
            ("metadata.metadata.x", "metadata.x"),
            ("metadata.", "metadata."),
        ] {
            assert_eq!(target(name).unwrap(), key(means));
        }
        let longest = "x".repeat(100);
        let named = target(&format!("metadata.{longest}")).unwrap();
        assert_eq!(named, key(&longest));
    }

    #[test]
    fn two_columns_are_not_for_the_same() {
        let phone = Target::Field(Field::Phone);
        let mut errors = FieldErrors::default();
        let chosen = [
            phone.clone(),
            Target::Ignored,
            Target::Ignored,
            key("a"),
            phone,
            key("a"),
        ];
        check(&chosen, &mut errors);
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_ref()).collect();
        assert_eq!(fields, ["column_4", "column_5"]);
    }

    #[test]
    fn a_header_that_is_no_good_says_why() {
        let long = "x".repeat(101);
        for (header, said) in [
            (&["name", "phone"][..], "no column phone_number"),
            (
                &["phone_number", "Phone Number"],
                "The columns A and B have the same name",
            ),
            (&["phone_number", "city", "city"], "The columns B and C"),
            (&["phone_number", &long], "at most 100 characters"),
        ] {
            let error = columns(header).unwrap_err();
            let Error::Invalid(errors) = &error else {
                panic!("{error:?}")
            };
            assert!(format!("{errors:?}").contains(said), "{errors:?}");
        }
    }

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        for (at, called) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
        ] {
            assert_eq!(letters(at), called);
        }
    }
}
