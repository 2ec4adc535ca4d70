//! Countries and time zones to choose from.

use chrono_tz::TZ_VARIANTS;

use super::Choice;
use crate::accounts;
use crate::phone::Country;

/// Code and English name, in the order of the names.
const COUNTRIES: &str = include_str!("places/countries.txt");

/// The countries whose phone numbers can be read, by name.
pub fn countries(current: &str) -> Vec<Choice> {
    let known = accounts::countries();
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(code, _)| known.iter().any(|one| one == code))
        .map(|(code, name)| Choice::new(code, name, current))
        .collect()
}

/// The same with their calling codes: "India (+91)".
pub fn calling_countries(current: &str) -> Vec<Choice> {
    let mut all = countries(current);
    for choice in &mut all {
        if let Some(country) = Country::of(&choice.value) {
            choice.label = format!("{} (+{})", choice.label, country.calling_code());
        }
    }
    all
}

/// A country's English name; its code, when it has none.
pub fn country_name(code: &str) -> String {
    let mut named = COUNTRIES.lines().filter_map(|line| line.split_once(' '));
    let name = named.find_map(|(one, name)| (one == code).then_some(name));
    name.unwrap_or(code).to_owned()
}

/// The zones of the IANA database that are named for a place, and UTC.
pub fn zones(current: &str) -> Vec<Choice> {
    let names = TZ_VARIANTS.iter().map(|zone| zone.name());
    // "US/Pacific" and the like are old second names; one that is in use stays in the list.
    let place = |name: &str| {
        let old = ["Etc/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/"];
        name.contains('/') && !old.iter().any(|prefix| name.starts_with(prefix))
    };
    names
        .filter(|name| place(name) || *name == "UTC" || *name == current)
        .map(|name| Choice::new(name, name.replace('_', " "), current))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_that_can_be_chosen_has_a_name() {
        let named: Vec<String> = countries("CL").into_iter().map(|one| one.value).collect();
        for code in accounts::countries() {
            assert!(named.contains(&code), "{code} has no name");
        }
    }

    #[test]
    fn the_zone_in_use_is_always_offered_and_chosen() {
        for zone in ["UTC", "America/Santiago", "US/Pacific"] {
            assert!(
                zones(zone)
                    .iter()
                    .any(|one| one.chosen && one.value == zone),
                "{zone}"
            );
        }
    }
}
