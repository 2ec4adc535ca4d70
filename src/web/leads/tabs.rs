//! The tabs of a lead's page: what of its past is shown, and how much of it.

use super::Form;

/// How many moments are shown at first, and how many more at each wish.
pub const MOMENTS: usize = 50;
/// The most that are shown.
pub const MOST_MOMENTS: usize = 1_000;

/// What is shown below the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its word in the address.
    pub name: &'static str,
    /// How many moments are shown.
    pub moments: usize,
}

impl Default for Tab {
    fn default() -> Self {
        Self {
            name: "everything",
            moments: MOMENTS,
        }
    }
}

/// Every tab: its word in the address and its label.
pub const TABS: [(&str, &str); 5] = [
    ("everything", "Everything"),
    ("notes", "Notes"),
    ("messages", "Messages & calls"),
    ("changes", "Changes"),
    ("audit", "Audit"),
];

impl Tab {
    /// The tab that an address asks for.
    pub fn read(query: &Form) -> Self {
        let word = query.get("tab");
        let known = TABS.iter().find(|(name, _)| *name == word);
        let moments: usize = query.get("moments").parse().unwrap_or(MOMENTS);
        Self {
            name: known.map_or("everything", |(name, _)| name),
            moments: moments.clamp(MOMENTS, MOST_MOMENTS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Tab {
        Tab::read(&Form::parse(address.as_bytes()).unwrap())
    }

    #[test]
    fn an_address_that_asks_for_nothing_sensible_shows_everything() {
        for address in [
            "",
            "tab=",
            "tab=money&moments=many",
            "moments=-1",
            "moments=3",
        ] {
            assert_eq!(read(address), Tab::default(), "{address}");
        }
        assert_eq!(read("moments=99999999").moments, MOST_MOMENTS);
        assert_eq!(read("tab=notes&moments=100").moments, 100);
    }
}
