//! Waits that are counted in working days.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{ContactHours, first_instant};

/// `n` working days later at the same local time of day. Closed weekdays, holidays and dates
/// that `zone` skipped don't count. Where the clocks jump over that time of day it is the
/// instant of the jump, where they go back the earlier of the two; never earlier than `from`.
/// With no open weekday every day counts.
pub fn add_business_days(
    from: DateTime<Utc>,
    n: u32,
    zone: Tz,
    hours: &ContactHours,
) -> DateTime<Utc> {
    let Some(before) = n.checked_sub(1) else {
        return from;
    };
    let here = from.with_timezone(&zone);
    let time = here.time();
    let (before, n) = (before as usize, i64::from(n));
    let later = here.date_naive().iter_days().skip(1);
    let landed = later
        .take(hours.days_for(before + 1))
        .filter(|date| hours.on(*date).is_some())
        .map(|date| (date, first_instant(date.and_time(time), zone)))
        .filter(|(date, at)| at.with_timezone(&zone).date_naive() == *date)
        .nth(before);
    match landed {
        Some((_, at)) => at.max(from),
        None => from
            .checked_add_signed(TimeDelta::days(n))
            .unwrap_or(DateTime::<Utc>::MAX_UTC),
    }
}
