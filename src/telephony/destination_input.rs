//! What can be said of a destination.

use super::refusal::Prefix;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::phone::Country;

/// What can be said of a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestinationInput {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The beginning of the numbers it is about; blank for the whole country.
    pub prefix: Option<String>,
    /// Whether they may be called.
    pub is_enabled: bool,
}

impl DestinationInput {
    /// With its country in capitals and its prefix without what people put between digits.
    pub(super) fn checked(self) -> Result<Self> {
        let code = self.country.trim().to_ascii_uppercase();
        if code.is_empty() {
            return Err(Error::invalid("country", Problem::Required));
        }
        let Some(country) = Country::of(&code) else {
            let sentence = "Choose a country by its two letters, as US or DE";
            return Err(Error::invalid("country", Problem::Said(sentence.into())));
        };
        let prefix = self.prefix.as_deref().map(plain);
        let prefix = prefix.filter(|prefix| !prefix.is_empty());
        let mut errors = FieldErrors::default();
        if let Some(sentence) = prefix.as_deref().and_then(|one| wrong(country, one)) {
            errors.push("prefix", Problem::Said(sentence.into()));
        }
        errors.or(Self {
            country: code,
            prefix,
            is_enabled: self.is_enabled,
        })
    }
}

fn plain(typed: &str) -> String {
    let between = |c: char| c.is_whitespace() || "-.()/".contains(c);
    typed.chars().filter(|c| !between(*c)).collect()
}

fn wrong(country: Country, prefix: &str) -> Option<String> {
    if Prefix::of(prefix).is_none() {
        return Some("Write the prefix with a plus and its calling code, as +9198".to_owned());
    }
    let own = format!("+{}", country.calling_code());
    if prefix == own {
        return Some(format!(
            "{own} is the whole country; leave the prefix empty for that"
        ));
    }
    if !prefix.starts_with(&own) {
        return Some(format!(
            "{prefix} is no prefix of {country}, where numbers begin with {own}"
        ));
    }
    let rival = country.rival(prefix)?;
    Some(format!(
        "Numbers that begin with {prefix} are of {rival}, not of {country}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(country: &str, prefix: Option<&str>) -> Result<(String, Option<String>), String> {
        let input = DestinationInput {
            country: country.to_owned(),
            prefix: prefix.map(str::to_owned),
            is_enabled: true,
        };
        match input.checked() {
            Ok(input) => Ok((input.country, input.prefix)),
            Err(Error::Invalid(errors)) => Err(errors.0[0].sentence("")),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_destination_is_kept_as_its_country_and_the_digits_of_its_prefix() {
        let kept = |country: &str, prefix: Option<&str>| {
            Ok((country.to_owned(), prefix.map(str::to_owned)))
        };
        assert_eq!(checked(" in ", None), kept("IN", None));
        assert_eq!(checked("IN", Some("  ")), kept("IN", None));
        assert_eq!(checked("IN", Some("+91 98-")), kept("IN", Some("+9198")));
        assert_eq!(checked("US", Some("+1 (212)")), kept("US", Some("+1212")));
    }

    #[test]
    fn a_prefix_that_is_not_of_its_country_is_told() {
        for (country, prefix, sentence) in [
            ("XX", "", "Choose a country by its two letters, as US or DE"),
            (
                "IN",
                "98",
                "Write the prefix with a plus and its calling code, as +9198",
            ),
            (
                "IN",
                "+91",
                "+91 is the whole country; leave the prefix empty for that",
            ),
            (
                "IN",
                "+4420",
                "+4420 is no prefix of IN, where numbers begin with +91",
            ),
            (
                "US",
                "+1416",
                "Numbers that begin with +1416 are of CA, not of US",
            ),
        ] {
            assert_eq!(checked(country, Some(prefix)), Err(sentence.to_owned()));
        }
    }
}
