//! An instant as a salesperson types it, in English or Spanish: "tue 3pm", "mañana 9:30", "in 2
//! hours", "26 nov 10am".

mod clock;
mod day;
#[cfg(test)]
mod properties;
mod wish;
mod words;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::hours::first_instant;
use wish::Wish;

/// The longest text that is looked at.
const LONGEST: usize = 100;
/// How far ahead an instant may be.
const A_YEAR: TimeDelta = TimeDelta::days(366);

/// The instant somebody means who types this at `now` in `zone`; without a time of day it is
/// 9:00. It is always ahead: a time of day that has passed means tomorrow's, a weekday or a date
/// without a year the next one.
///
/// # Errors
/// One sentence with examples when it can't be read, has passed, does not exist or is more than
/// a year ahead.
pub fn parse(typed: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, String> {
    let short = (typed.len() <= LONGEST).then_some(typed);
    let at = match short.and_then(wish::read) {
        Some(Wish::In(span)) => {
            let at = now.checked_add_signed(span);
            Some(at.unwrap_or(DateTime::<Utc>::MAX_UTC)).filter(|at| *at > now)
        }
        Some(Wish::At { day, weekday, time }) => {
            let today = now.with_timezone(&zone).date_naive();
            let dates = day.dates(weekday, today);
            if dates.is_empty() {
                return Err("There is no such day; say it as in thu 3pm or 26 nov 10am".to_owned());
            }
            let mut instants = dates
                .into_iter()
                .map(|date| first_instant(date.and_time(time), zone));
            instants.find(|at| *at > now)
        }
        None => {
            let say =
                "Say when as in tue 3pm, tomorrow 9:30, in 2 hours, 26 nov 10am or 26/11 15:00";
            return Err(say.to_owned());
        }
    };
    match at {
        None => {
            Err("That has passed; say a time to come, as in tomorrow 9:30 or tue 3pm".to_owned())
        }
        Some(at) if at - now > A_YEAR => {
            Err("That is more than a year ahead; say it as in tue 3pm or 26 nov 10am".to_owned())
        }
        Some(at) => Ok(at),
    }
}
