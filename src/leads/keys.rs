//! What a lead is known by when it comes again: its number, its address, its id in another system.

use std::collections::HashMap;

use super::input::NewLead;
use super::lead::Lead;
use crate::{phone, text};

/// One of the three, in the order in which they decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The phone number.
    Phone,
    /// The e-mail.
    Email,
    /// The id in another system.
    ExternalId,
}

impl Key {
    /// The name of its field.
    pub fn field(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::ExternalId => "external_id",
        }
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Phone => "phone number",
            Self::Email => "e-mail",
            Self::ExternalId => "external id",
        }
    }
}

/// Which of the three count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The phone number.
    pub phone: bool,
    /// The e-mail.
    pub email: bool,
    /// The id in another system.
    pub external_id: bool,
}

/// A lead's keys as they are compared. One that it does not have, and a number that is none, match
/// nobody's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Its number in E.164.
    pub phone: Option<String>,
    /// Its e-mail in lower case.
    pub email: Option<String>,
    /// Its id in another system, without the space around it.
    pub external_id: Option<String>,
}

impl Keys {
    /// Those of a new lead; its number is read as of `country` when it has no plus.
    pub fn of(lead: &NewLead, country: &str) -> Self {
        let phone = lead.phone.as_deref();
        Self::read(
            phone.and_then(|phone| phone::e164(phone, country)),
            lead.email.as_deref(),
            lead.external_id.as_deref(),
        )
    }

    /// Those of a lead that is there.
    pub(super) fn of_present(lead: &Lead) -> Self {
        Self::read(
            lead.phone_e164.clone(),
            lead.email.as_deref(),
            lead.external_id.as_deref(),
        )
    }

    /// Those of what is kept of a lead.
    pub(super) fn read(
        phone: Option<String>,
        email: Option<&str>,
        external_id: Option<&str>,
    ) -> Self {
        // The database can't even be asked for a NUL.
        let given = |text: &String| !text.is_empty() && !text::has_nul(text);
        Self {
            phone,
            email: email.map(text::lower_email).filter(given),
            external_id: external_id.map(|id| id.trim().to_owned()).filter(given),
        }
    }

    /// Without those that do not count.
    #[must_use]
    pub fn only(self, count: Match) -> Self {
        Self {
            phone: self.phone.filter(|_| count.phone),
            email: self.email.filter(|_| count.email),
            external_id: self.external_id.filter(|_| count.external_id),
        }
    }

    /// Whether it has none, and so no twin.
    pub fn is_empty(&self) -> bool {
        self.each().next().is_none()
    }

    /// Those it has, in the order in which they decide.
    pub fn each(&self) -> impl Iterator<Item = (Key, &str)> {
        [
            (Key::Phone, &self.phone),
            (Key::Email, &self.email),
            (Key::ExternalId, &self.external_id),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
    }
}

/// Things that are found by keys: the number decides before the e-mail, and that before the
/// external id.
#[derive(Debug, Clone)]
pub struct ByKey<T> {
    found: HashMap<Key, HashMap<String, T>>,
}

impl<T> Default for ByKey<T> {
    fn default() -> Self {
        let found = HashMap::new();
        Self { found }
    }
}

impl<T: Clone> ByKey<T> {
    /// What has one of these keys, and which.
    pub fn find(&self, keys: &Keys) -> Option<(Key, &T)> {
        keys.each()
            .find_map(|(key, value)| Some((key, self.found.get(&key)?.get(value)?)))
    }

    /// One more thing, under all its keys; where another has one of them, that one stays.
    pub fn add(&mut self, keys: &Keys, thing: &T) {
        for (key, value) in keys.each() {
            self.add_at(key, value, thing);
        }
    }

    pub(super) fn add_at(&mut self, key: Key, value: &str, thing: &T) {
        let of_key = self.found.entry(key).or_default();
        if !of_key.contains_key(value) {
            of_key.insert(value.to_owned(), thing.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> impl Strategy<Value = Keys> {
        let value = || proptest::option::of("[a-c]");
        (value(), value(), value()).prop_map(|(phone, email, external_id)| Keys {
            phone,
            email,
            external_id,
        })
    }

    #[test]
    fn keys_are_compared_as_they_are_meant() {
        let lead = NewLead {
            phone: Some(" (201) 555-0123 ".into()),
            email: Some(" Ann@Boats.Example ".into()),
            external_id: Some(" CRM-7 ".into()),
            ..NewLead::default()
        };
        let keys = Keys::of(&lead, "US");
        assert_eq!(keys.phone.as_deref(), Some("+12015550123"));
        assert_eq!(keys.email.as_deref(), Some("ann@boats.example"));
        assert_eq!(keys.external_id.as_deref(), Some("CRM-7"));
    }

    #[test]
    fn what_is_empty_or_no_number_is_no_key() {
        let blank = || Some("  ".to_owned());
        let lead = NewLead {
            phone: Some("call me".into()),
            email: blank(),
            external_id: blank(),
            ..NewLead::default()
        };
        assert_eq!(Keys::of(&lead, "US"), Keys::default());
        let nul = NewLead {
            external_id: Some("a\0b".into()),
            ..NewLead::default()
        };
        assert_eq!(Keys::of(&nul, "US"), Keys::default());
    }

    proptest! {
        /// Few values, so that keys meet by chance.
        #[test]
        fn the_first_of_those_with_the_first_key_is_found(
            there in proptest::collection::vec(keys(), 0..6), comes in keys(),
        ) {
            let mut by_key = ByKey::default();
            for (at, keys) in there.iter().enumerate() {
                by_key.add(keys, &at);
            }
            let first = |of: fn(&Keys) -> &Option<String>| {
                there.iter().position(|one| of(&comes).is_some() && of(one) == of(&comes))
            };
            let expected = first(|keys| &keys.phone)
                .map(|at| (Key::Phone, at))
                .or(first(|keys| &keys.email).map(|at| (Key::Email, at)))
                .or(first(|keys| &keys.external_id).map(|at| (Key::ExternalId, at)));
            prop_assert_eq!(by_key.find(&comes).map(|(key, at)| (key, *at)), expected);
        }

        #[test]
        fn a_key_that_does_not_count_finds_nobody(
            comes in keys(), phone: bool, email: bool, external_id: bool,
        ) {
            let mut by_key = ByKey::default();
            by_key.add(&comes, &());
            let count = Match { phone, email, external_id };
            let found = by_key.find(&comes.clone().only(count)).map(|(key, ())| key);
            let counts = |key: &Key| match key {
                Key::Phone => phone,
                Key::Email => email,
                Key::ExternalId => external_id,
            };
            let expected = comes.each().map(|(key, _)| key).find(counts);
            prop_assert_eq!(found, expected);
        }
    }
}
