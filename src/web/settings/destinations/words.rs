//! What destinations are called, and whether a number may be.

use crate::caller::Caller;
use crate::phone::{self, Country, Number};
use crate::telephony::{Destination, Reach, Refusal, Rules};
use crate::web::places;

/// "India, +9198".
pub fn called(destination: &Destination) -> String {
    let country = places::country_name(&destination.country);
    match &destination.prefix {
        Some(prefix) => format!("{country}, {prefix}"),
        None => country,
    }
}

/// Whether a number may be called, and why.
pub struct Answer {
    /// Whether it may.
    pub may: bool,
    /// Why, or why not.
    pub sentence: String,
}

/// Whether any of the account's numbers may call this one.
pub fn answer(caller: &Caller, rules: &Rules, typed: &str) -> Answer {
    let reach = rules.reach([None]);
    let verdict = rules.verdict(typed, reach);
    let may = verdict.is_ok();
    let sentence = match verdict {
        Ok(e164) => {
            let written = phone::written(&e164, &caller.account.default_country);
            let home = Number::read(&e164, None).and_then(|number| number.home());
            let where_to =
                home.map_or_else(String::new, |country| format!(" ({})", named(country)));
            match reach {
                Reach::Everywhere => format!(
                    "{written}{where_to} can be called: one of your numbers calls over SIP, \
                     which reaches every destination."
                ),
                _ => format!("{written}{where_to} can be called: its destination is enabled."),
            }
        }
        Err(refusal) => no(refusal, typed),
    };
    Answer { may, sentence }
}

fn no(refusal: Refusal, typed: &str) -> String {
    match refusal {
        Refusal::MissingPhoneNumber => "Type a number.".to_owned(),
        Refusal::InvalidPhoneNumber => format!("“{}” is not a valid phone number.", typed.trim()),
        Refusal::CountryNotEnabled(country) => {
            format!("Calls to {} are not enabled.", named(country))
        }
        Refusal::PrefixNotEnabled(country, Some(prefix)) => format!(
            "Numbers of {} that begin with {prefix} are switched off.",
            named(country)
        ),
        Refusal::PrefixNotEnabled(country, None) => format!(
            "Only some prefixes of {} are enabled, and this number has none of them.",
            named(country)
        ),
        Refusal::NoActiveCallingNumber => {
            "None of your calling numbers is active, so nobody can be called.".to_owned()
        }
    }
}

/// A country by name; numbers of none belong to networks that are everywhere, as of satellites.
fn named(country: Country) -> String {
    match country.to_string().as_str() {
        "001" => "networks of no country".to_owned(),
        code => places::country_name(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_the_words_of_the_page() {
        let india = Country::of("IN").unwrap();
        let prefix = crate::telephony::Prefix::of("+9198");
        for (refusal, sentence) in [
            (
                Refusal::InvalidPhoneNumber,
                "“12ab” is not a valid phone number.",
            ),
            (
                Refusal::CountryNotEnabled(india),
                "Calls to India are not enabled.",
            ),
            (
                Refusal::PrefixNotEnabled(india, prefix),
                "Numbers of India that begin with +9198 are switched off.",
            ),
        ] {
            assert_eq!(no(refusal, " 12ab "), sentence);
        }
    }
}
