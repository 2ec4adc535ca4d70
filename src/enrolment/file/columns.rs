//! What the columns of a file say of its leads (contract §4).

use crate::error::{Error, Problem, Result};
use crate::text;

/// The most keys a lead can have of its own.
const MOST_KEYS: usize = 200;
const KEY_CHARACTERS: usize = 100;

/// A field of a lead that a column can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Where it is called; every file has it.
    Phone,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Both names in one, split at the first blank.
    Name,
    /// E-mail.
    Email,
    /// Company.
    Company,
    /// Job title.
    Title,
    /// The id of a campaign.
    CampaignId,
    /// Its id in another system.
    ExternalId,
}

impl Field {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Phone, "phone_number"),
        (Self::FirstName, "first_name"),
        (Self::LastName, "last_name"),
        (Self::Name, "name"),
        (Self::Email, "email"),
        (Self::Company, "company"),
        (Self::Title, "title"),
        (Self::CampaignId, "campaign_id"),
        (Self::ExternalId, "external_id"),
    ];

    /// The field a header names, whatever its case, blanks, dashes and underscores.
    fn of(header: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, name)| same(header, name));
        found.map(|(field, _)| *field)
    }
}

fn same(header: &str, name: &str) -> bool {
    let plain = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|c| !c.is_whitespace() && !"-_".contains(*c));
        kept.flat_map(char::to_lowercase).collect()
    };
    plain(header) == plain(name)
}

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It fills a field.
    Field(Field),
    /// It becomes metadata under this key.
    Key(String),
    /// It has no name, so nothing may stand in it.
    Nameless,
}

/// The columns of a file, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    targets: Vec<Target>,
}

impl Columns {
    /// What a header says.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the field `file` when there is no `phone_number`, two columns have
    /// the same name, or a name can't be a key of a lead.
    pub fn of(header: &[String]) -> Result<Self> {
        let mut targets: Vec<Target> = Vec::with_capacity(header.len());
        for (at, name) in header.iter().enumerate() {
            let target = target(name)?;
            let earlier = targets.iter().position(|before| *before == target);
            if let Some(earlier) = earlier.filter(|_| target != Target::Nameless) {
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
        let keys = targets
            .iter()
            .filter(|target| matches!(target, Target::Key(_)));
        if keys.count() > MOST_KEYS {
            return Err(unfit(format!(
                "The file has more than {MOST_KEYS} columns of its own"
            )));
        }
        Ok(Self { targets })
    }

    /// What the column at this place is for; nothing beyond the header.
    pub fn target(&self, at: usize) -> Option<&Target> {
        self.targets.get(at)
    }
}

fn target(name: &str) -> Result<Target> {
    if name.is_empty() {
        return Ok(Target::Nameless);
    }
    if let Some(field) = Field::of(name) {
        return Ok(Target::Field(field));
    }
    if name.chars().count() > KEY_CHARACTERS {
        return Err(unfit(format!(
            "The name of a column must be at most {KEY_CHARACTERS} characters long; one begins with {}",
            text::at_most(name, 40)
        )));
    }
    Ok(Target::Key(name.to_owned()))
}

/// A column as a spreadsheet calls it: A to Z, AA and so on.
fn letters(mut at: usize) -> String {
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

    fn columns(header: &[&str]) -> Result<Columns> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        Columns::of(&header)
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
            assert_eq!(columns.target(1), Some(&Target::Field(Field::Phone)));
            assert_eq!(columns.target(0), Some(&Target::Key("City".into())));
            assert_eq!(columns.target(2), None);
        }
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
