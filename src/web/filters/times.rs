//! Times, in the account's zone.

use std::fmt::{self, Display};

use askama::Values;
use askama::filters::Safe;
use chrono::{DateTime, Datelike as _, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::words::grouped;
use crate::web::page::Page;

const FULL: &str = "%a %-d %b %Y, %H:%M";

/// "3 h ago", with the full time on hover.
#[askama::filter_fn]
pub fn ago(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<Safe<String>> {
    Ok(Safe(time(
        at,
        page.zone,
        &relative(*at, page.now, page.zone),
    )))
}

/// "3 h", the age of something in a narrow column, with the full time on hover.
#[askama::filter_fn]
pub fn age(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<Safe<String>> {
    Ok(Safe(time(at, page.zone, &short(page.now - *at))))
}

/// "2 h overdue", "today 11:00", "Fri 01:30": when something is due, with the full time on hover.
#[askama::filter_fn]
pub fn due(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<Safe<String>> {
    Ok(Safe(time(
        at,
        page.zone,
        &due_words(*at, page.now, page.zone),
    )))
}

/// "19 Nov 2026", with the full time on hover.
#[askama::filter_fn]
pub fn date(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<Safe<String>> {
    let said = at.with_timezone(&page.zone).format("%-d %b %Y").to_string();
    Ok(Safe(time(at, page.zone, &said)))
}

/// "10:31", with the full time on hover.
#[askama::filter_fn]
pub fn clock(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<Safe<String>> {
    let said = at.with_timezone(&page.zone).format("%H:%M").to_string();
    Ok(Safe(time(at, page.zone, &said)))
}

/// "Thu 19 Nov 2026, 10:31", as text.
#[askama::filter_fn]
pub fn moment(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<String> {
    Ok(at.with_timezone(&page.zone).format(FULL).to_string())
}

/// "Thu 19 Nov, 15:00": an instant to come, said in a sentence.
pub fn to_come(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let shape = match at.year() == now.year() {
        true => "%a %-d %b, %H:%M",
        false => "%a %-d %b %Y, %H:%M",
    };
    at.format(shape).to_string()
}

/// "1 min 35 s": how long a call was.
pub fn lasted(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// "Today, Thursday 19 November", the heading over a day of the timeline.
#[askama::filter_fn]
pub fn day(at: &DateTime<Utc>, _: &dyn Values, page: &Page) -> askama::Result<String> {
    Ok(day_words(*at, page.now, page.zone))
}

/// "America/Santiago (UTC−3)".
#[askama::filter_fn]
pub fn zone(page: &Page, _: &dyn Values) -> askama::Result<String> {
    Ok(Zone {
        zone: page.zone,
        at: page.now,
    }
    .to_string())
}

fn time(at: &DateTime<Utc>, zone: Tz, said: &str) -> String {
    let here = at.with_timezone(&zone);
    let machine = here.format("%Y-%m-%dT%H:%M:%S%:z");
    format!(
        r#"<time datetime="{machine}" title="{}">{said}</time>"#,
        here.format(FULL)
    )
}

/// How long ago or ahead, in words; the date when it is more than a week.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let passed = now - at;
    if passed.abs() >= TimeDelta::days(7) {
        let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
        let shape = if at.year() == now.year() {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        return at.format(shape).to_string();
    }
    if passed.abs() < TimeDelta::seconds(45) {
        return "just now".to_owned();
    }
    let words = span(passed.abs().num_seconds().unsigned_abs());
    if passed > TimeDelta::zero() {
        format!("{words} ago")
    } else {
        format!("in {words}")
    }
}

/// "40 seconds", "5 min", "3 h", "2 days".
pub fn span(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        0..60 => format!("{seconds} seconds"),
        60..3_600 => format!("{} min", seconds.div_ceil(60)),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        86_400..172_800 => "1 day".to_owned(),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn short(passed: TimeDelta) -> String {
    match passed.num_seconds().max(0) {
        0..60 => "now".to_owned(),
        seconds @ 60..3_600 => format!("{} min", seconds / 60),
        seconds @ 3_600..86_400 => format!("{} h", seconds / 3_600),
        seconds => format!("{} d", grouped(&(seconds / 86_400).to_string())),
    }
}

fn due_words(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let late = now - at;
    if late >= TimeDelta::minutes(1) {
        return format!("{} overdue", span(late.num_seconds().unsigned_abs()));
    }
    if late > TimeDelta::minutes(-1) {
        return "now".to_owned();
    }
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let shape = match (at.date_naive() - now.date_naive()).num_days() {
        0 => "today %H:%M",
        1 => "tomorrow %H:%M",
        2..7 => "%a %H:%M",
        _ if at.year() == now.year() => "%-d %b",
        _ => "%-d %b %Y",
    };
    at.format(shape).to_string()
}

fn day_words(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let this_year = at.year() == now.year();
    let day = at.format(if this_year {
        "%A %-d %B"
    } else {
        "%A %-d %B %Y"
    });
    match (now.date_naive() - at.date_naive()).num_days() {
        0 => format!("Today, {day}"),
        1 => format!("Yesterday, {day}"),
        _ => day.to_string(),
    }
}

struct Zone {
    zone: Tz,
    at: DateTime<Utc>,
}

impl Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self
            .zone
            .offset_from_utc_datetime(&self.at.naive_utc())
            .fix();
        let minutes = seconds.local_minus_utc() / 60;
        let sign = if minutes < 0 { '−' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        match (self.zone.name(), hours, rest) {
            ("UTC", ..) => f.write_str("UTC"),
            (name, 0, 0) => write!(f, "{name} (UTC)"),
            (name, hours, 0) => write!(f, "{name} (UTC{sign}{hours})"),
            (name, hours, rest) => write!(f, "{name} (UTC{sign}{hours}:{rest:02})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_told_as_people_tell_them() {
        let now = at("2026-11-21T12:00:00Z");
        for (then, words) in [
            ("2026-11-21T11:59:50Z", "just now"),
            ("2026-11-21T11:55:00Z", "5 min ago"),
            ("2026-11-21T09:00:00Z", "3 h ago"),
            ("2026-11-20T11:00:00Z", "1 day ago"),
            ("2026-11-18T11:00:00Z", "3 days ago"),
            ("2026-11-21T14:00:00Z", "in 2 h"),
            ("2026-10-01T02:00:00Z", "30 Sep"),
            ("2025-10-01T12:00:00Z", "1 Oct 2025"),
        ] {
            assert_eq!(
                relative(at(then), now, Tz::America__Santiago),
                words,
                "{then}"
            );
        }
    }

    #[test]
    fn what_is_due_is_told_by_how_soon_it_is() {
        let now = at("2026-11-19T12:00:00Z");
        for (then, words) in [
            ("2026-11-19T09:50:00Z", "2 h overdue"),
            ("2026-11-19T11:59:30Z", "now"),
            ("2026-11-19T12:00:30Z", "now"),
            ("2026-11-19T14:00:00Z", "today 11:00"),
            ("2026-11-20T03:30:00Z", "tomorrow 00:30"),
            ("2026-11-24T12:00:00Z", "Tue 09:00"),
            ("2026-11-26T12:00:00Z", "26 Nov"),
            ("2027-01-02T12:00:00Z", "2 Jan 2027"),
        ] {
            let said = due_words(at(then), now, Tz::America__Santiago);
            assert_eq!(said, words, "{then}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_accounts_zone() {
        let now = at("2026-11-21T02:00:00Z");
        let said = day_words(at("2026-11-20T23:00:00Z"), now, Tz::America__Santiago);
        assert_eq!(said, "Today, Friday 20 November");
        let said = day_words(at("2026-11-20T23:00:00Z"), now, Tz::UTC);
        assert_eq!(said, "Yesterday, Friday 20 November");
    }

    #[test]
    fn a_zone_is_named_with_its_distance_from_utc() {
        let at = at("2026-11-21T12:00:00Z");
        let said = |zone| Zone { zone, at }.to_string();
        assert_eq!(said(Tz::America__Santiago), "America/Santiago (UTC−3)");
        assert_eq!(said(Tz::Asia__Kolkata), "Asia/Kolkata (UTC+5:30)");
        assert_eq!(said(Tz::UTC), "UTC");
    }
}
