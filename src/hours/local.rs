//! From what a clock on the wall shows to the instant it means.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The first instant at which clocks in `zone` show `local` or later: where they go back, the
/// earlier of the two; where they jump over it, the instant of the jump. So later times of the
/// clock are never earlier instants.
pub fn first_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let there = zone.from_local_datetime(&local).earliest();
    let there = there.or_else(|| GapInfo::new(&local, &zone)?.end);
    // Only dates no calendar has are left; they count as in UTC.
    there.map_or_else(|| local.and_utc(), |there| there.with_timezone(&Utc))
}

/// The first instant of a day in `zone`: of the day that `at` lies on, or so many days after it.
pub fn midnight(at: DateTime<Utc>, days: i64, zone: Tz) -> DateTime<Utc> {
    let date = at.with_timezone(&zone).date_naive() + TimeDelta::days(days);
    first_instant(date.and_time(NaiveTime::MIN), zone)
}

/// The first instant of a minute of a day; minute 1440 is the midnight after it.
pub(super) fn instant(date: NaiveDate, minute: u16, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = date.and_hms_opt(0, 0, 0)?;
    let local = midnight.checked_add_signed(TimeDelta::minutes(minute.into()))?;
    Some(first_instant(local, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(local: &str, zone: Tz) -> String {
        first_instant(local.parse().unwrap(), zone).to_rfc3339()
    }

    #[test]
    fn a_time_that_is_skipped_is_the_instant_of_the_jump() {
        let zone = Tz::America__Santiago;
        for skipped in [
            "2026-09-06T00:00:00",
            "2026-09-06T00:45:00",
            "2026-09-06T01:00:00",
        ] {
            assert_eq!(said(skipped, zone), "2026-09-06T04:00:00+00:00");
        }
        let half_an_hour = said("2026-10-04T02:10:00", Tz::Australia__Lord_Howe);
        assert_eq!(half_an_hour, "2026-10-03T15:30:00+00:00");
        let a_whole_day = said("2011-12-30T15:00:00", Tz::Pacific__Apia);
        assert_eq!(a_whole_day, "2011-12-30T10:00:00+00:00");
    }

    #[test]
    fn a_day_begins_where_its_people_are() {
        let at = "2026-09-05T02:00:00Z".parse().unwrap();
        let begins = |days| midnight(at, days, Tz::America__Santiago).to_rfc3339();
        assert_eq!(begins(0), "2026-09-04T04:00:00+00:00");
        assert_eq!(begins(-1), "2026-09-03T04:00:00+00:00");
        // Clocks jump from midnight to one.
        assert_eq!(begins(2), "2026-09-06T04:00:00+00:00");
        assert_eq!(begins(3), "2026-09-07T03:00:00+00:00");
    }

    #[test]
    fn a_time_that_comes_twice_is_its_first() {
        assert_eq!(
            said("2026-10-25T02:30:00", Tz::Europe__Madrid),
            "2026-10-25T00:30:00+00:00"
        );
    }
}
