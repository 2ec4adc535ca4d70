//! Who may be called: contract §4 as a rule over what an account has set.

use std::collections::HashMap;

use diesel::pg::PgConnection;

use super::destination::{self, Destination};
use super::number::{self, CallingNumber};
use super::refusal::{Prefix, Refusal};
use super::words::{DEMO_NUMBER, Kind};
use crate::caller::Account;
use crate::error::Result;
use crate::phone::{Country, Number};

/// What an account has set, ready to judge any number of numbers without asking the database.
///
/// A destination is a country as a whole, or the numbers of it that begin with a prefix. **The
/// longest destination that a number begins with decides**, so that
/// - a country that is enabled can be called, but for the prefixes of it that are switched off;
/// - a prefix that is enabled can be called, also where its country is not;
/// - within a prefix, a longer one may say otherwise;
/// - what no destination speaks of can't be called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Of numbers without a plus.
    country: Option<Country>,
    destinations: HashMap<Country, Plan>,
    /// The active ones, the oldest first.
    numbers: Vec<(String, Kind)>,
}

/// The destinations of a country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Plan {
    /// Whether anything of it is enabled.
    is_open: bool,
    /// Whether it is as a whole.
    is_enabled: bool,
    /// Those with a prefix: whether they are enabled.
    prefixes: HashMap<String, bool>,
    /// The length of the longest of them.
    longest: usize,
}

/// How far the calls of a workflow reach, from nowhere to everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It has no call steps: any possible number may be in it.
    NoCalls,
    /// None of its numbers is active.
    Nobody,
    /// The destinations that are enabled, through a carrier.
    Enabled,
    /// Everywhere, over SIP.
    Everywhere,
}

/// The rules of an account as they are set, in two queries. Everybody may know them, since they
/// are why a number is refused.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn rules(conn: &mut PgConnection, account: &Account) -> Result<Rules> {
    let destinations = destination::of_account(conn, account.id)?;
    let numbers = number::of_account(conn, account.id)?;
    Ok(Rules::new(
        &account.default_country,
        &destinations,
        &numbers,
    ))
}

impl Rules {
    /// The rules of these settings; numbers without a plus are of `country`.
    pub fn new(country: &str, destinations: &[Destination], numbers: &[CallingNumber]) -> Self {
        let mut plans: HashMap<Country, Plan> = HashMap::new();
        for one in destinations {
            let Some(country) = Country::of(&one.country) else {
                continue;
            };
            let plan = plans.entry(country).or_default();
            plan.is_open |= one.is_enabled;
            match &one.prefix {
                None => plan.is_enabled = one.is_enabled,
                Some(prefix) => {
                    plan.longest = plan.longest.max(prefix.len());
                    plan.prefixes.insert(prefix.clone(), one.is_enabled);
                }
            }
        }
        let active = numbers.iter().filter(|number| number.is_active);
        Self {
            country: Country::of(country),
            destinations: plans,
            numbers: active
                .map(|number| (number.phone_number.clone(), number.kind))
                .collect(),
        }
    }

    /// How far a workflow reaches: one entry for each of its call steps, which is the number it
    /// names, or none when it takes any that is active. One active number that allows a
    /// destination is enough.
    pub fn reach<'a>(&self, calls: impl IntoIterator<Item = Option<&'a str>>) -> Reach {
        let of_step = |named| {
            let kinds = self.active(named).map(|(_, kind)| match kind {
                Kind::Carrier => Reach::Enabled,
                Kind::Sip => Reach::Everywhere,
            });
            kinds.max().unwrap_or(Reach::Nobody)
        };
        let steps = calls.into_iter().map(of_step);
        steps.max().unwrap_or(Reach::NoCalls)
    }

    /// The number in E.164, when a lead with it may be in a workflow of this reach.
    ///
    /// Without call steps it has to be possible, with them valid and within reach. One without a
    /// plus is read as of the account's country; what a spreadsheet has cut short is refused.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn verdict(&self, typed: &str, reach: Reach) -> Result<String, Refusal> {
        if typed.trim().is_empty() {
            return Err(Refusal::MissingPhoneNumber);
        }
        let number = Number::read(typed, self.country).ok_or(Refusal::InvalidPhoneNumber)?;
        if reach == Reach::NoCalls {
            return Ok(number.e164());
        }
        let country = number.home().ok_or(Refusal::InvalidPhoneNumber)?;
        let e164 = number.e164();
        match reach {
            Reach::NoCalls | Reach::Everywhere => {}
            Reach::Nobody => return Err(Refusal::NoActiveCallingNumber),
            Reach::Enabled => self.enabled(country, &e164)?,
        }
        Ok(e164)
    }

    /// The number that calls this one: what the step names, else the oldest active one that may.
    /// Nobody is called from the demo number unless a step names it.
    pub fn caller_id(&self, named: Option<&str>, to: &str) -> Option<&str> {
        let may = |kind| match kind {
            Kind::Carrier => self.verdict(to, Reach::Enabled).is_ok(),
            Kind::Sip => self.verdict(to, Reach::Everywhere).is_ok(),
        };
        self.active(named)
            .filter(|(number, _)| named.is_some() || *number != DEMO_NUMBER)
            .find(|(_, kind)| may(*kind))
            .map(|(number, _)| number)
    }

    /// Whether a number is one of the active ones.
    pub fn is_active(&self, number: &str) -> bool {
        self.active(Some(number)).next().is_some()
    }

    /// The active numbers that a call step calls from. A program may name one as people write it.
    fn active(&self, named: Option<&str>) -> impl Iterator<Item = (&str, Kind)> {
        let named = named.map(|typed| {
            let number = Number::read(typed, self.country);
            number.map_or_else(|| typed.to_owned(), |number| number.e164())
        });
        let numbers = self.numbers.iter();
        numbers
            .map(|(number, kind)| (number.as_str(), *kind))
            .filter(move |(number, _)| named.as_ref().is_none_or(|named| named == number))
    }

    fn enabled(&self, country: Country, e164: &str) -> Result<(), Refusal> {
        let plan = self.destinations.get(&country);
        let Some(plan) = plan.filter(|plan| plan.is_open) else {
            return Err(Refusal::CountryNotEnabled(country));
        };
        let mut beginnings = (1..=plan.longest)
            .rev()
            .filter_map(|length| e164.get(..length));
        let longest = beginnings.find_map(|one| plan.prefixes.get_key_value(one));
        match longest {
            Some((_, true)) => Ok(()),
            Some((prefix, false)) => Err(Refusal::PrefixNotEnabled(country, Prefix::of(prefix))),
            None if plan.is_enabled => Ok(()),
            None => Err(Refusal::PrefixNotEnabled(country, None)),
        }
    }
}
