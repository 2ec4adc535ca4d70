//! A number that was read once, to be asked several things.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, Region};

use super::Country;

/// A possible number, in libphonenumber's sense: as many digits as numbers of its country have.
#[derive(Debug, Clone)]
pub struct Number(PhoneNumber);

impl Number {
    /// Reads a number somebody typed; one without `+` is of `country`. Nothing when it is not
    /// possible, or when a spreadsheet has made something else of it.
    pub fn read(typed: &str, country: Option<Country>) -> Option<Self> {
        if is_made_by_a_spreadsheet(typed.trim()) {
            return None;
        }
        let number = PhoneNumber::parse(typed, country.map(Country::region)).ok()?;
        number.is_possible_with_reason().ok()?;
        Some(Self(number))
    }

    /// It in E.164, as `+919876543210`.
    pub fn e164(&self) -> String {
        self.0.format_as(PhoneNumberFormat::E164).into_owned()
    }

    /// The country it is of, when it is valid: when numbers that begin like this are given to
    /// people. It may be `001`, the country of no country.
    pub fn home(&self) -> Option<Country> {
        let valid = |region: &Region| self.0.is_valid_for_region(*region);
        // Of the countries that share a calling code the main one has most of the numbers. To look
        // through all of them takes several times as long.
        let main = PHONE_NUMBER_UTIL.get_region_for_country_code(self.0.country_code)?;
        if valid(&main) {
            return Some(Country::from_region(main));
        }
        let other = self.0.get_region_code().filter(|region| *region != main);
        other.filter(valid).map(Country::from_region)
    }

    /// The country it is of by its calling code, valid or not: of several the main one.
    pub fn country(&self) -> Option<Country> {
        let region = self.0.get_region_code();
        let region =
            region.or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(self.0.country_code));
        region.map(Country::from_region)
    }

    pub(super) fn written(&self, format: PhoneNumberFormat) -> String {
        self.0.format_as(format).into_owned()
    }
}

/// `9.87654E+09`, whose last digits are lost, or `9876543210.0`, which would be read with one
/// digit too many.
fn is_made_by_a_spreadsheet(typed: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((number, power)) = typed.split_once(['e', 'E']) {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        return digits(whole) && digits(rest) && digits(power);
    }
    let Some((whole, rest)) = typed.split_once('.') else {
        return false;
    };
    whole.len() >= 7 && digits(whole) && !rest.is_empty() && rest.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str, country: &str) -> Option<Number> {
        Number::read(typed, Country::of(country))
    }

    #[test]
    fn what_a_spreadsheet_leaves_behind_is_never_guessed() {
        for typed in [
            "9.87654E+09",
            "9.87654e9",
            "9,87654E+09",
            " 9E9 ",
            "9876543210E-1",
            "98765409.0",
            "9876543210.00",
        ] {
            for country in ["IN", "NO", "US", "DE"] {
                assert!(read(typed, country).is_none(), "{typed} in {country}");
            }
        }
        // What people write looks otherwise.
        for typed in [
            "98765.43210",
            "09876.543.210",
            "1-800-FREE-NOW",
            "212.555.0100",
        ] {
            assert!(!is_made_by_a_spreadsheet(typed), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_number_has_a_home_just_when_libphonenumber_calls_it_valid(
            code in prop::sample::select(vec!["1", "44", "7", "91", "39", "61", "800"]),
            rest in "[2-9][0-9]{6,10}",
        ) {
            let typed = format!("+{code}{rest}");
            let number = Number::read(&typed, None);
            let home = number.as_ref().and_then(Number::home);
            let parsed = PhoneNumber::parse(&typed, None).ok();
            let valid = parsed.filter(|parsed| number.is_some() && parsed.is_valid());
            let region = valid.and_then(|parsed| parsed.get_region_code());
            prop_assert_eq!(home, region.map(Country::from_region));
        }
    }

    #[test]
    fn a_valid_number_has_a_home_and_others_a_country_at_most() {
        let homes = |typed: &str| {
            let number = read(typed, "US").unwrap();
            let told = |country: Option<Country>| country.map(|one| one.to_string());
            (told(number.home()), told(number.country()))
        };
        let both = |code: &str| (Some(code.to_owned()), Some(code.to_owned()));
        assert_eq!(homes("+919876543210"), both("IN"));
        assert_eq!(homes("+14165550123"), both("CA"));
        assert_eq!(homes("+870773111632"), both("001"));
        assert_eq!(homes("+56912345678"), (None, Some("CL".to_owned())));
    }
}
