//! The rule, tried with settings and numbers of every kind.

use chrono::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::phone::{Country, Number};

/// A destination without its id: its country, the prefix after the calling code, whether it is
/// enabled.
type Said = (&'static str, Option<String>, bool);

fn destinations((country, prefix, is_enabled): Said) -> Destination {
    let code = Country::of(country).unwrap().calling_code();
    Destination {
        id: Uuid::nil(),
        country: country.to_owned(),
        prefix: prefix.map(|rest| format!("+{code}{rest}")),
        is_enabled,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn number(phone_number: &str, kind: Kind, is_active: bool) -> CallingNumber {
    CallingNumber {
        id: Uuid::nil(),
        phone_number: phone_number.to_owned(),
        kind,
        is_active,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn rules(said: &[Said]) -> Rules {
    let all: Vec<_> = said.iter().cloned().map(destinations).collect();
    Rules::new("IN", &all, &[number("+911140000000", Kind::Carrier, true)])
}

/// A destination of India or Great Britain; the prefixes are few, so that they meet.
fn said() -> impl Strategy<Value = Said> {
    let country = prop::sample::select(vec!["IN", "GB"]);
    (country, prop::option::of("[79][0-9]{0,2}"), any::<bool>())
}

/// A mobile number of either.
fn mobile() -> impl Strategy<Value = String> {
    prop_oneof!["\\+919[0-9]{9}", "\\+447[0-9]{9}", "\\+9170[0-9]{8}"]
}

proptest! {
    #[test]
    fn the_longest_destination_a_number_begins_with_decides(
        mut all in prop::collection::vec(said(), 0..12),
        typed in mobile(),
    ) {
        // The database holds each once.
        all.sort();
        all.dedup_by(|one, other| (&one.0, &one.1) == (&other.0, &other.1));
        let home = Number::read(&typed, None).and_then(|number| number.home());
        let verdict = rules(&all).verdict(&typed, Reach::Enabled);
        let Some(home) = home else {
            prop_assert_eq!(verdict, Err(Refusal::InvalidPhoneNumber));
            return Ok(());
        };
        let all: Vec<_> = all.into_iter().map(destinations).collect();
        let own = all.iter().filter(|one| one.country == home.to_string());
        let length = |one: &Destination| one.prefix.as_ref().map_or(0, String::len);
        let fitting = own
            .clone()
            .filter(|one| one.prefix.as_ref().is_none_or(|prefix| typed.starts_with(prefix)));
        let decides = fitting.max_by_key(|one| length(one));
        let code = match (decides, own.clone().any(|one| one.is_enabled)) {
            (Some(Destination { is_enabled: true, .. }), _) => "",
            (_, true) => "prefix_not_enabled",
            (_, false) => "country_not_enabled",
        };
        prop_assert_eq!(verdict.as_ref().err().map_or("", |refusal| refusal.code()), code);
        if code.is_empty() {
            prop_assert_eq!(verdict, Ok(typed));
        }
    }

    #[test]
    fn whatever_is_typed_is_judged_and_more_reach_refuses_no_more(typed in ".{0,24}") {
        let rules = rules(&[("IN", None, true)]);
        let of = |reach| rules.verdict(&typed, reach);
        if let Ok(e164) = of(Reach::Enabled) {
            prop_assert_eq!(of(Reach::Everywhere), Ok(e164));
        }
        if let Ok(e164) = of(Reach::Everywhere) {
            prop_assert_eq!(of(Reach::NoCalls), Ok(e164.clone()));
            // What was taken once is taken again, as it is.
            prop_assert_eq!(rules.verdict(&e164, Reach::Everywhere), Ok(e164));
        }
        prop_assert!(of(Reach::Nobody).is_err());
    }
}

#[test]
fn a_number_without_a_plus_is_of_the_accounts_country() {
    let rules = rules(&[("IN", None, true)]);
    let kept = Ok("+919876543210".to_owned());
    for typed in [
        "9876543210",
        "098765 43210",
        "+91 98765-43210",
        " 9876543210 ",
    ] {
        assert_eq!(rules.verdict(typed, Reach::Enabled), kept, "{typed}");
    }
}

#[test]
fn a_number_is_missing_invalid_or_out_of_reach() {
    let rules = rules(&[("IN", None, true), ("IN", Some("98".into()), false)]);
    let of = |typed: &str, reach| match rules.verdict(typed, reach) {
        Ok(_) => "",
        Err(refusal) => refusal.code(),
    };
    for (typed, reach, code) in [
        ("", Reach::NoCalls, "missing_phone_number"),
        (" \u{a0}", Reach::NoCalls, "missing_phone_number"),
        ("12ab", Reach::NoCalls, "invalid_phone_number"),
        ("9.87654E+09", Reach::NoCalls, "invalid_phone_number"),
        // Possible, but given to nobody.
        ("+56912345678", Reach::NoCalls, ""),
        ("+56912345678", Reach::Everywhere, "invalid_phone_number"),
        ("+971501234567", Reach::Enabled, "country_not_enabled"),
        ("+971501234567", Reach::Everywhere, ""),
        ("9876543210", Reach::Enabled, "prefix_not_enabled"),
        ("9776543210", Reach::Enabled, ""),
        ("9776543210", Reach::Nobody, "no_active_calling_number"),
        ("12ab", Reach::Nobody, "invalid_phone_number"),
        // A satellite phone is of no country.
        ("+870773111632", Reach::Enabled, "country_not_enabled"),
    ] {
        assert_eq!(of(typed, reach), code, "{typed:?} {reach:?}");
    }
}

#[test]
fn a_workflow_reaches_as_far_as_the_best_of_its_numbers() {
    let numbers = [
        number("+12025550100", Kind::Carrier, true),
        number("+12025550101", Kind::Sip, true),
        number("+12025550102", Kind::Sip, false),
    ];
    let rules = Rules::new("US", &[], &numbers);
    for (calls, reach) in [
        (vec![], Reach::NoCalls),
        (vec![None], Reach::Everywhere),
        (vec![Some("+12025550100")], Reach::Enabled),
        (vec![Some("+12025550101")], Reach::Everywhere),
        (vec![Some("+12025550102")], Reach::Nobody),
        (vec![Some("+12025550199")], Reach::Nobody),
        (
            vec![Some("+12025550199"), Some("+12025550100")],
            Reach::Enabled,
        ),
    ] {
        assert_eq!(rules.reach(calls.clone()), reach, "{calls:?}");
    }
    assert_eq!(
        Rules::new("US", &[], &numbers[2..]).reach([None]),
        Reach::Nobody
    );
}

#[test]
fn a_call_is_made_from_the_number_its_step_names_or_the_first_that_may() {
    let numbers = [
        number(DEMO_NUMBER, Kind::Carrier, true),
        number("+911140000000", Kind::Carrier, true),
        number("+911140000001", Kind::Sip, true),
    ];
    let india = destinations(("IN", None, true));
    let rules = Rules::new("IN", &[india], &numbers);
    let from = |named, to| rules.caller_id(named, to);
    assert_eq!(from(None, "+919876543210"), Some("+911140000000"));
    assert_eq!(from(None, "+447400123456"), Some("+911140000001"));
    assert_eq!(from(Some(DEMO_NUMBER), "+919876543210"), Some(DEMO_NUMBER));
    assert_eq!(from(Some(DEMO_NUMBER), "+447400123456"), None);
    assert_eq!(from(Some("+15"), "+919876543210"), None);
}

#[test]
fn judging_a_number_stays_cheap_however_many_prefixes_there_are() {
    let all: Vec<Said> = (100..1_000)
        .map(|rest| ("IN", Some(rest.to_string()), rest != 987))
        .collect();
    let rules = rules(&all);
    let plan = rules.verdict("9876543210", Reach::Enabled);
    let prefix = Prefix::of("+91987");
    let country = Country::of("IN").unwrap();
    assert_eq!(plan, Err(Refusal::PrefixNotEnabled(country, prefix)));
    assert!(rules.verdict("9776543210", Reach::Enabled).is_ok());
}
