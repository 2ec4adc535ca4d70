//! What people type and what they mean by it; and that nothing they type breaks anything.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::parse;

/// A Tuesday, 12:00 in Santiago, where 9:00 has passed.
const NOW: &str = "2026-11-24T15:00:00Z";

/// What `typed` means in Santiago, as the clock on the wall there shows it.
fn said(typed: &str) -> String {
    let zone = Tz::America__Santiago;
    match parse(typed, NOW.parse().unwrap(), zone) {
        Ok(at) => at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
        Err(sentence) => sentence,
    }
}

#[test]
fn what_people_type_is_what_they_mean() {
    for (typed, meant) in [
        ("tue 3pm", "2026-11-24 15:00"),
        ("Tue 9:30 am", "2026-12-01 09:30"),
        ("next tuesday 3pm", "2026-12-01 15:00"),
        ("tomorrow", "2026-11-25 09:00"),
        ("tomorrow 9:30", "2026-11-25 09:30"),
        ("tomorrow at 10", "2026-11-25 10:00"),
        ("tomorrow 10", "2026-11-25 10:00"),
        ("tomorrow afternoon", "2026-11-25 15:00"),
        ("tomorrow evening 8:30", "2026-11-25 20:30"),
        ("day after tomorrow 3 p.m.", "2026-11-26 15:00"),
        ("today 5pm", "2026-11-24 17:00"),
        ("in 2 hours", "2026-11-24 14:00"),
        ("in an hour", "2026-11-24 13:00"),
        ("in 45min", "2026-11-24 12:45"),
        ("in half an hour", "2026-11-24 12:30"),
        ("in 3 days", "2026-11-27 09:00"),
        ("in 2 weeks 3pm", "2026-12-08 15:00"),
        ("in a month", "2026-12-24 09:00"),
        ("next week", "2026-11-30 09:00"),
        ("thursday next week at 4pm", "2026-12-03 16:00"),
        ("15:00", "2026-11-24 15:00"),
        ("3pm", "2026-11-24 15:00"),
        ("noon", "2026-11-25 12:00"),
        ("9:00", "2026-11-25 09:00"),
        ("12am", "2026-11-25 00:00"),
        ("26 nov 10am", "2026-11-26 10:00"),
        ("10am, Nov 26th", "2026-11-26 10:00"),
        ("thu 26 nov 10am", "2026-11-26 10:00"),
        ("26 november 2026", "2026-11-26 09:00"),
        ("23 nov", "2027-11-23 09:00"),
        ("2026-11-26 15:00", "2026-11-26 15:00"),
        ("2026-11-26T15:00", "2026-11-26 15:00"),
        ("2026-11-26T15:00:30", "2026-11-26 15:00"),
        ("26/11 15:00", "2026-11-26 15:00"),
        ("26/11/26", "2026-11-26 09:00"),
        ("26.11.2026", "2026-11-26 09:00"),
        ("monday", "2026-11-30 09:00"),
    ] {
        assert_eq!(said(typed), meant, "{typed}");
    }
}

#[test]
fn spanish_is_understood_too() {
    for (typed, meant) in [
        ("mañana", "2026-11-25 09:00"),
        ("MAÑANA a las 15h30", "2026-11-25 15:30"),
        ("mañana por la mañana", "2026-11-25 09:00"),
        ("mañana por la tarde", "2026-11-25 15:00"),
        ("mañana a las 4 de la tarde", "2026-11-25 16:00"),
        ("pasado mañana 10:00", "2026-11-26 10:00"),
        ("hoy a las 17", "2026-11-24 17:00"),
        ("lunes 15h", "2026-11-30 15:00"),
        ("el lunes que viene a las 10", "2026-11-30 10:00"),
        ("miércoles", "2026-11-25 09:00"),
        ("sáb 11 hrs", "2026-11-28 11:00"),
        ("mar 3pm", "2026-11-24 15:00"),
        ("mar 3 pm", "2026-11-24 15:00"),
        ("mar", "2026-12-01 09:00"),
        ("3 mar", "2027-03-03 09:00"),
        ("mar 3 10:00", "2027-03-03 10:00"),
        ("4 de enero 2027 9:15", "2027-01-04 09:15"),
        ("en 2 horas", "2026-11-24 14:00"),
        ("dentro de 3 días", "2026-11-27 09:00"),
        ("la próxima semana", "2026-11-30 09:00"),
        ("la semana que viene", "2026-11-30 09:00"),
    ] {
        assert_eq!(said(typed), meant, "{typed}");
    }
}

#[test]
fn what_can_not_be_meant_is_told_with_examples() {
    for (typed, sentence) in [
        ("", "Say when"),
        ("soon", "Say when"),
        ("at", "Say when"),
        ("next", "Say when"),
        ("tue wed", "Say when"),
        ("3pm 4pm", "Say when"),
        // In the night or in the afternoon? The 15th or three o'clock?
        ("tomorrow 3", "Say when"),
        ("tue 15", "Say when"),
        ("25:00", "Say when"),
        ("15pm", "Say when"),
        ("today 9:00", "That has passed"),
        ("2026-11-23", "That has passed"),
        ("in 0 days", "That has passed"),
        ("in 0 hours", "That has passed"),
        ("31 nov", "There is no such day"),
        ("11/26", "There is no such day"),
        ("thu 26 nov 2027", "There is no such day"),
        ("2027-12-24", "That is more than a year"),
        ("in 4000000000 weeks", "That is more than a year"),
        ("in 4000000000 hours", "That is more than a year"),
    ] {
        let told = said(typed);
        assert!(told.starts_with(sentence), "{typed}: {told}");
    }
}

#[test]
fn a_time_that_the_clocks_skip_is_the_first_after_it() {
    let now: DateTime<Utc> = "2027-03-27T12:00:00Z".parse().unwrap();
    let at = parse("tomorrow 2:30", now, Tz::Europe__Madrid).unwrap();
    assert_eq!(at.to_rfc3339(), "2027-03-28T01:00:00+00:00");
}

/// Texts of the words that mean something, in any order.
fn wordy() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "tue",
        "mar",
        "next",
        "week",
        "in",
        "en",
        "an",
        "2",
        "15",
        "31",
        "2027",
        "99999999999",
        "hours",
        "days",
        "weeks",
        "meses",
        "3pm",
        "15:00",
        "12am",
        "at",
        "las",
        "manana",
        "mañana",
        "pasado",
        "today",
        "noon",
        "tarde",
        "29",
        "feb",
        "26/11",
        "2026-11-26t15:00",
        "de",
        "que",
        "viene",
        "semana",
        "h",
        "pm",
        "2h",
        ":",
        "é",
        "ñt",
        "-",
        "t",
        "1.1.1",
    ];
    prop::collection::vec(prop::sample::select(WORDS), 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_an_instant_within_a_year_or_a_sentence(
        typed in prop_oneof![any::<String>(), "[0-9a-zñé:/. -]{0,24}", wordy()],
        seconds in 0i64..1_000_000_000,
        zone in prop::sample::select(&[
            Tz::UTC, Tz::America__Santiago, Tz::Europe__Madrid, Tz::Australia__Lord_Howe,
            Tz::Pacific__Apia, Tz::Asia__Kolkata,
        ][..]),
    ) {
        let now = DateTime::<Utc>::from_timestamp(1_300_000_000 + seconds, 0).unwrap();
        match parse(&typed, now, zone) {
            Ok(at) => prop_assert!(at > now && at - now <= TimeDelta::days(366), "{}", at),
            Err(sentence) => prop_assert!(sentence.contains(" as in "), "{}", sentence),
        }
    }
}
