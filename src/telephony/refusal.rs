//! Why a number can't be called, or be in a workflow at all.

use std::fmt;

use crate::phone::Country;

/// Why a number is refused (contract §4). Small and comparable, so that a million rows are counted
/// by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// There is none.
    MissingPhoneNumber,
    /// It is not possible, or, where it is to be called, not valid.
    InvalidPhoneNumber,
    /// Nothing of its country is enabled.
    CountryNotEnabled(Country),
    /// Other numbers of its country may be called; the prefix that is switched off, or none when
    /// no enabled one fits.
    PrefixNotEnabled(Country, Option<Prefix>),
    /// No number of the workflow is active, so that nobody is called.
    NoActiveCallingNumber,
}

impl Refusal {
    /// The word for it in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MissingPhoneNumber => "missing_phone_number",
            Self::InvalidPhoneNumber => "invalid_phone_number",
            Self::CountryNotEnabled(_) => "country_not_enabled",
            Self::PrefixNotEnabled(..) => "prefix_not_enabled",
            Self::NoActiveCallingNumber => "no_active_calling_number",
        }
    }
}

/// The sentence of it.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingPhoneNumber => f.write_str("phone_number is required"),
            Self::InvalidPhoneNumber => f.write_str("phone_number is not a valid phone number"),
            Self::CountryNotEnabled(country) => {
                write!(f, "Calls to country {country} are not enabled")
            }
            Self::PrefixNotEnabled(country, Some(prefix)) => {
                write!(
                    f,
                    "Calls to prefix {prefix} of country {country} are not enabled"
                )
            }
            Self::PrefixNotEnabled(country, None) => {
                write!(
                    f,
                    "Calls to this prefix of country {country} are not enabled"
                )
            }
            Self::NoActiveCallingNumber => {
                f.write_str("The workflow has no active calling number to call from")
            }
        }
    }
}

/// The beginning of numbers, as `+9198`. A calling code never begins with a zero, so its digits
/// are a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Prefix(u64);

impl Prefix {
    /// Reads a plus and at most fifteen digits.
    pub fn of(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        let fits = plain && digits.len() <= 15;
        digits.parse().ok().filter(|_| fits).map(Self)
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_the_contract_says() {
        let of = |code: &str| Country::of(code).unwrap();
        let told = |refusal: Refusal| (refusal.code(), refusal.to_string());
        let country = told(Refusal::CountryNotEnabled(of("AE")));
        assert_eq!(country.0, "country_not_enabled");
        assert_eq!(country.1, "Calls to country AE are not enabled");
        let prefix = told(Refusal::PrefixNotEnabled(of("IN"), Prefix::of("+9198")));
        assert_eq!(prefix.0, "prefix_not_enabled");
        assert_eq!(
            prefix.1,
            "Calls to prefix +9198 of country IN are not enabled"
        );
    }

    #[test]
    fn a_prefix_is_a_plus_and_digits() {
        for text in ["+1", "+9198", "+442079460318"] {
            assert_eq!(Prefix::of(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "+",
            "91",
            "+0",
            "+91 98",
            "+-1",
            "+1234567890123456",
            "+９１",
        ] {
            assert_eq!(Prefix::of(text), None, "{text}");
        }
    }
}
