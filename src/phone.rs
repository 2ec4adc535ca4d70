//! Phone numbers, read and written by libphonenumber's rules. A lead keeps any phone as text;
//! its E.164 form is kept beside it when the number is possible.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, Region};

/// The E.164 form of a number somebody typed; one without `+` is read as of `country` (ISO
/// 3166-1 alpha-2). Nothing when it is not a possible number.
pub fn e164(typed: &str, country: &str) -> Option<String> {
    let number = PhoneNumber::parse(typed, region(country)).ok()?;
    number.is_possible_with_reason().ok()?;
    Some(number.format_as(PhoneNumberFormat::E164).into_owned())
}

/// A number as people of `country` write it: national when it is theirs, international otherwise.
pub fn written(e164: &str, country: &str) -> String {
    let Ok(number) = PhoneNumber::parse(e164, None) else {
        return e164.to_owned();
    };
    let format = if number.get_region_code() == region(country) {
        PhoneNumberFormat::National
    } else {
        PhoneNumberFormat::International
    };
    number.format_as(format).into_owned()
}

fn region(country: &str) -> Option<Region> {
    PHONE_NUMBER_UTIL
        .get_supported_regions()
        .find(|region| region.as_region_str().as_ref() == country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_plus_is_of_the_accounts_country() {
        assert_eq!(e164("9876543210", "IN").as_deref(), Some("+919876543210"));
        assert_eq!(
            e164("+56 9 5555 0142", "IN").as_deref(),
            Some("+56955550142")
        );
    }

    #[test]
    fn a_possible_number_need_not_be_valid_and_others_have_no_e164() {
        assert_eq!(e164("+56912345678", "CL").as_deref(), Some("+56912345678"));
        for impossible in ["+1234567890", "12ab", "", "9.87654E+09", "call me"] {
            assert_eq!(e164(impossible, "US"), None, "{impossible}");
        }
    }

    #[test]
    fn own_numbers_are_written_nationally_and_foreign_ones_with_their_country() {
        assert_eq!(written("+442079460318", "GB"), "020 7946 0318");
        assert_eq!(written("+442079460318", "US"), "+44 20 7946 0318");
    }
}
