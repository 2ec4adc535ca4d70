//! Countries as numbering plans know them.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// A country with a numbering plan, by its two letters (ISO 3166-1 alpha-2). A number of no
/// country, as of a satellite phone, is of `001`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(Region);

impl Country {
    /// The country of these two capitals, when its plan is known.
    pub fn of(code: &str) -> Option<Self> {
        let region = Region::from_code(code).ok()?;
        let known = PHONE_NUMBER_UTIL
            .get_country_code_for_region(region)
            .is_some();
        (known && region.as_region_str().as_str() == code).then_some(Self(region))
    }

    /// Every country whose plan is known, in the order of their letters.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = PHONE_NUMBER_UTIL
            .get_supported_regions()
            .map(Self)
            .collect();
        all.sort_unstable();
        all
    }

    /// What its numbers begin with after the plus: 91 for India. Several countries may share one.
    pub fn calling_code(self) -> i32 {
        let code = PHONE_NUMBER_UTIL.get_country_code_for_region(self.0);
        code.unwrap_or_default()
    }

    /// Another country that numbers with this beginning belong to, when none of this one's do:
    /// Canada for `+1416` and the United States. Both share a calling code, so that only whole
    /// numbers tell: some are made up and looked at.
    pub fn rival(self, prefix: &str) -> Option<Self> {
        let regions = PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(self.calling_code());
        if regions.is_none_or(|regions| regions.len() < 2) {
            return None;
        }
        let mut rival = None;
        for length in prefix.len()..=LONGEST_E164 {
            for digit in '0'..='9' {
                let rest = std::iter::repeat_n(digit, length - prefix.len());
                let made_up: String = prefix.chars().chain(rest).collect();
                let home = super::Number::read(&made_up, None).and_then(|number| number.home());
                if home == Some(self) {
                    return None;
                }
                rival = rival.or(home);
            }
        }
        rival
    }

    pub(super) fn from_region(region: Region) -> Self {
        Self(region)
    }

    pub(super) fn region(self) -> Region {
        self.0
    }
}

/// A plus and fifteen digits (ITU-T E.164).
const LONGEST_E164: usize = 16;

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        Country::of(code).unwrap()
    }

    #[test]
    fn countries_go_by_two_capitals() {
        assert_eq!(country("IN").to_string(), "IN");
        assert_eq!(country("IN").calling_code(), 91);
        for code in ["in", "XX", "001", "", "IND", "é"] {
            assert_eq!(Country::of(code), None, "{code}");
        }
        assert!(Country::all().len() > 200 && Country::all().is_sorted());
    }

    #[test]
    fn a_beginning_belongs_to_the_country_its_numbers_are_of() {
        for (code, prefix, rival) in [
            ("US", "+1212", None),
            ("US", "+1416", Some("CA")),
            ("CA", "+1416", None),
            ("GB", "+4420", None),
            ("GB", "+447", None),
            ("GB", "+441481", Some("GG")),
            ("RU", "+7495", None),
            ("RU", "+7701", Some("KZ")),
            ("IN", "+9198", None),
        ] {
            let found = country(code).rival(prefix);
            assert_eq!(found, rival.map(country), "{prefix} of {code}");
        }
    }
}
