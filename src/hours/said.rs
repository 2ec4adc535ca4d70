//! Why a lead waits, in a sentence.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Closed, name};

/// "waiting until Mon 09:00: contact hours in Santiago". The times are those of `zone`, with the
/// date when the weekday alone could mean another week.
pub fn sentence(opens: DateTime<Utc>, because: &Closed, zone: Tz, now: DateTime<Utc>) -> String {
    let (opens, now) = (opens.with_timezone(&zone), now.with_timezone(&zone));
    let shape = match (opens.date_naive() - now.date_naive()).num_days() {
        ..7 => "%a %H:%M",
        _ => "%a %-d %b %H:%M",
    };
    let (until, city) = (opens.format(shape), city(zone));
    match because {
        Closed::Hours => format!("waiting until {until}: contact hours in {city}"),
        Closed::Weekday(day) => {
            format!("waiting until {until}: closed on {}s in {city}", name(*day))
        }
        Closed::Holiday(date) => {
            format!(
                "waiting until {until}: holiday in {city} ({})",
                date.format("%-d %b")
            )
        }
    }
}

/// The place a zone is named for: "Buenos Aires" of `America/Argentina/Buenos_Aires`.
pub fn city(zone: Tz) -> String {
    let name = zone.name();
    let last = name.rsplit('/').next().unwrap_or(name);
    last.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Weekday};

    use super::*;

    fn said(opens: &str, because: Closed, zone: Tz) -> String {
        let now = "2026-11-20T20:30:00Z".parse().unwrap();
        sentence(opens.parse().unwrap(), &because, zone, now)
    }

    #[test]
    fn it_says_until_when_why_and_where() {
        let santiago = Tz::America__Santiago;
        let monday = "2026-11-23T12:00:00Z";
        assert_eq!(
            said(monday, Closed::Hours, santiago),
            "waiting until Mon 09:00: contact hours in Santiago"
        );
        assert_eq!(
            said(monday, Closed::Weekday(Weekday::Sun), santiago),
            "waiting until Mon 09:00: closed on Sundays in Santiago"
        );
        let holiday = Closed::Holiday(NaiveDate::from_ymd_opt(2026, 9, 18).unwrap());
        assert_eq!(
            said(monday, holiday, santiago),
            "waiting until Mon 09:00: holiday in Santiago (18 Sep)"
        );
    }

    #[test]
    fn a_week_away_the_date_stands_there_too() {
        assert_eq!(
            said("2026-11-26T15:00:00Z", Closed::Hours, Tz::UTC),
            "waiting until Thu 15:00: contact hours in UTC"
        );
        assert_eq!(
            said("2026-11-27T15:00:00Z", Closed::Hours, Tz::UTC),
            "waiting until Fri 27 Nov 15:00: contact hours in UTC"
        );
        assert_eq!(
            said(
                "2027-01-04T12:00:00Z",
                Closed::Hours,
                Tz::America__Argentina__Buenos_Aires
            ),
            "waiting until Mon 4 Jan 09:00: contact hours in Buenos Aires"
        );
    }
}
