//! Phone numbers, read and written by libphonenumber's rules. A lead keeps any phone as text;
//! its E.164 form is kept beside it when the number is possible.

mod area_codes;
mod country;
mod number;
mod zones;

use chrono_tz::Tz;
use rlibphonenumber::PhoneNumberFormat;

pub use country::Country;
pub use number::Number;

/// The E.164 form of a number somebody typed; one without `+` is read as of `country` (ISO
/// 3166-1 alpha-2). Nothing when it is not a possible number.
pub fn e164(typed: &str, country: &str) -> Option<String> {
    Number::read(typed, Country::of(country)).map(|number| number.e164())
}

/// A number as people of `country` write it: national when it is theirs, international otherwise.
pub fn written(e164: &str, country: &str) -> String {
    let Some(number) = Number::read(e164, None) else {
        return e164.to_owned();
    };
    let own = number
        .country()
        .is_some_and(|one| one.to_string() == country);
    number.written(match own {
        true => PhoneNumberFormat::National,
        false => PhoneNumberFormat::International,
    })
}

/// The zone that people with this number live in: that of their area code in North America, else
/// that of their country, or nothing when it is unsure, as for a toll-free number.
pub fn time_zone(e164: &str) -> Option<Tz> {
    let area_code = e164.strip_prefix("+1").and_then(|rest| rest.get(..3));
    if let Some(zone) = area_code.and_then(|code| area_codes::zone(code.parse().ok()?)) {
        return Some(zone);
    }
    // A number that is possible but given to nobody has a country by its calling code.
    let country = Number::read(e164, None)?.country()?;
    zones::of_country(&country.to_string())
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

    #[test]
    fn people_are_in_the_zone_of_their_number() {
        for (number, zone) in [
            ("+56912345678", Some(Tz::America__Santiago)),
            ("+919876543210", Some(Tz::Asia__Kolkata)),
            ("+442079460318", Some(Tz::Europe__London)),
            ("+70000000000", Some(Tz::Europe__Moscow)),
            ("+61412345678", Some(Tz::Australia__Sydney)),
            ("+12125550123", Some(Tz::America__New_York)),
            ("+13125550123", Some(Tz::America__Chicago)),
            ("+14155550123", Some(Tz::America__Los_Angeles)),
            ("+18085550123", Some(Tz::Pacific__Honolulu)),
            ("+16045550123", Some(Tz::America__Vancouver)),
            ("+17872345678", Some(Tz::America__Puerto_Rico)),
            ("+18762123456", Some(Tz::America__Jamaica)),
            ("+18002345678", None),
            ("+1é1", None),
            ("", None),
        ] {
            assert_eq!(time_zone(number), zone, "{number}");
        }
    }

    #[test]
    fn every_country_but_those_without_a_main_zone_has_one() {
        let all = Country::all().into_iter().map(|one| one.to_string());
        let without: Vec<_> = all
            .filter(|country| zones::of_country(country).is_none())
            .collect();
        assert_eq!(without, ["CA", "CD", "US"]);
    }
}
