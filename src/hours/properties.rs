//! What holds for any hours, at any instant, also where clocks change, days are skipped and
//! every day of more than a year is a holiday.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Closed, ContactHours, Opening, Span, add_business_days};

/// Zones with odd offsets or odd changes of the clocks, each with an instant beside one.
const PLACES: [(Tz, &str); 8] = [
    (Tz::America__Santiago, "2026-09-06T04:00:00Z"),
    (Tz::America__Santiago, "2026-04-05T03:00:00Z"),
    (Tz::Europe__Madrid, "2026-10-25T01:00:00Z"),
    (Tz::America__New_York, "2026-03-08T07:00:00Z"),
    (Tz::Australia__Lord_Howe, "2026-04-04T15:00:00Z"),
    (Tz::Asia__Kolkata, "2026-01-01T00:00:00Z"),
    (Tz::Pacific__Apia, "2011-12-30T10:00:00Z"),
    // Clocks went back over midnight: 7 November began twice.
    (Tz::America__St_Johns, "2010-11-07T02:31:00Z"),
];

fn span() -> impl Strategy<Value = Span> {
    let some = (0u16..1440, 1u16..=1440).prop_map(|(from, length)| Span {
        from,
        to: (from + length).min(1440),
    });
    prop_oneof![some, Just(Span::WHOLE_DAY)]
}

prop_compose! {
    /// Hours, an instant within half a year of a change of the clocks (as likely on its day),
    /// and holidays around it.
    fn situation()(
        mut days in prop::array::uniform7(prop::option::of(span())),
        open in (0usize..7, span()),
        place in prop::sample::select(&PLACES[..]),
        seconds in prop_oneof![-100_000i64..100_000, -15_000_000i64..15_000_000],
        mut holidays in prop::collection::vec(-10i64..60, 0..20),
        many in 0i64..=400,
    ) -> (ContactHours, DateTime<Utc>, Tz) {
        days[open.0].get_or_insert(open.1);
        let (zone, at) = place;
        let now = at.parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds);
        if many > 300 {
            holidays = (0..many).collect();
        }
        let today = now.date_naive();
        let holidays = holidays.into_iter().map(|days| today + TimeDelta::days(days)).collect();
        (ContactHours { days, holidays }, now, zone)
    }
}

proptest! {
    #[test]
    fn an_open_time_is_open_up_to_its_end((hours, now, zone) in situation(), part in 0.0..1.0) {
        if let Opening::Open { until } = hours.at(now, zone) {
            prop_assert!(until > now);
            let length = (until - now).num_seconds() as f64;
            let within = now + TimeDelta::seconds((length * part) as i64);
            let open = matches!(hours.at(within, zone), Opening::Open { .. });
            prop_assert!(open, "{} is closed", within);
            let closes = matches!(hours.at(until, zone), Opening::Closed { .. });
            prop_assert!(closes || until - now >= TimeDelta::days(7));
        }
    }

    #[test]
    fn a_closed_time_opens_when_it_says((hours, now, zone) in situation(), part in 0.0..1.0) {
        if let Opening::Closed { opens, .. } = hours.at(now, zone) {
            prop_assert!(opens > now);
            let opened = matches!(hours.at(opens, zone), Opening::Open { .. });
            prop_assert!(opened, "{} is closed", opens);
            let length = (opens - now).num_seconds() as f64;
            let within = now + TimeDelta::seconds((length * part) as i64);
            if within < opens {
                let same = matches!(
                    hours.at(within, zone),
                    Opening::Closed { opens: again, .. } if again == opens
                );
                prop_assert!(same, "{} is open or opens at another time", within);
            }
        }
    }

    #[test]
    fn what_is_open_is_what_the_clock_on_the_wall_says((hours, now, zone) in situation()) {
        let here = now.with_timezone(&zone);
        // On days when the clocks change, hours may differ from what they show.
        let quiet = [-1, 1].iter().all(|days| {
            let other = (now + TimeDelta::days(*days)).with_timezone(&zone);
            other.naive_local() - here.naive_local() == TimeDelta::days(*days)
        });
        prop_assume!(quiet);
        let date = here.date_naive();
        let minute = (here.time() - chrono::NaiveTime::MIN).num_minutes();
        let span = hours.days[date.weekday().num_days_from_monday() as usize];
        let within = span.is_some_and(|span| (i64::from(span.from)..i64::from(span.to)).contains(&minute));
        match hours.at(now, zone) {
            Opening::Open { .. } => prop_assert!(within && !hours.holidays.contains(&date)),
            Opening::Closed { because: Closed::Holiday(day), .. } => {
                prop_assert!(day == date && hours.holidays.contains(&day));
            }
            Opening::Closed { because: Closed::Weekday(day), .. } => {
                prop_assert!(day == date.weekday() && span.is_none());
            }
            Opening::Closed { because: Closed::Hours, .. } => prop_assert!(span.is_some() && !within),
        }
    }

    #[test]
    fn working_days_end_on_an_open_day_and_in_order((hours, from, zone) in situation(), n in 1u32..30) {
        prop_assert_eq!(add_business_days(from, 0, zone, &hours), from);
        let before = add_business_days(from, n - 1, zone, &hours);
        let at = add_business_days(from, n, zone, &hours);
        prop_assert!(at > before);
        let date = at.with_timezone(&zone).date_naive();
        prop_assert!(!hours.holidays.contains(&date));
        prop_assert!(hours.days[date.weekday().num_days_from_monday() as usize].is_some());
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_friday_evening_waits_for_the_next_open_day_and_says_why() {
    let mut hours = ContactHours::default();
    hours.days[5] = None;
    let zone = Tz::America__Santiago;
    let closed = |now: &str, opens: &str, because| {
        let opens = at(opens);
        assert_eq!(hours.at(at(now), zone), Opening::Closed { opens, because });
    };
    let monday = "2026-11-23T12:00:00Z";
    closed("2026-11-20T22:00:00Z", monday, Closed::Hours);
    closed(
        "2026-11-21T15:00:00Z",
        monday,
        Closed::Weekday(Weekday::Sat),
    );
    closed("2026-11-23T11:59:59Z", monday, Closed::Hours);
    let until = at("2026-11-23T22:00:00Z");
    assert_eq!(hours.at(at(monday), zone), Opening::Open { until });
}

#[test]
fn hours_go_on_over_midnight_up_to_a_holiday() {
    let mut hours = ContactHours::always();
    let now = at("2026-12-23T12:00:00Z");
    let Opening::Open { until } = hours.at(now, Tz::UTC) else {
        panic!("always is closed");
    };
    assert_eq!(until, at("2026-12-31T00:00:00Z"));
    let holiday = NaiveDate::from_ymd_opt(2026, 12, 25).unwrap();
    hours.holidays = vec![holiday];
    let until = at("2026-12-25T00:00:00Z");
    assert_eq!(hours.at(now, Tz::UTC), Opening::Open { until });
    let (opens, because) = (at("2026-12-26T00:00:00Z"), Closed::Holiday(holiday));
    assert_eq!(hours.at(until, Tz::UTC), Opening::Closed { opens, because });
}

#[test]
fn hours_with_no_open_day_still_get_an_answer() {
    let hours = ContactHours {
        days: [None; 7],
        holidays: Vec::new(),
    };
    let now = at("2026-11-20T12:00:00Z");
    assert!(matches!(hours.at(now, Tz::UTC), Opening::Closed { opens, .. } if opens > now));
    let later = add_business_days(now, 3, Tz::UTC, &hours);
    assert_eq!(later, at("2026-11-23T12:00:00Z"));
}

#[test]
fn two_working_days_after_a_thursday_before_a_long_weekend() {
    let mut hours = ContactHours::default();
    hours.days[5] = None;
    hours.holidays = vec![NaiveDate::from_ymd_opt(2026, 9, 18).unwrap()];
    let zone = Tz::America__Santiago;
    let from = at("2026-09-17T18:00:00Z");
    let landed = add_business_days(from, 2, zone, &hours);
    assert_eq!(landed, at("2026-09-22T18:00:00Z"));
    // 10:00 stays 10:00 though the clocks went back in between.
    let from = at("2026-04-03T13:00:00Z");
    let landed = add_business_days(from, 1, zone, &hours);
    assert_eq!(landed, at("2026-04-06T14:00:00Z"));
}
