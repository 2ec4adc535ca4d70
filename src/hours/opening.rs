//! Whether an instant is within contact hours, until when, or when they begin again.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::ContactHours;
use super::local::instant;

/// How far ahead hours without an end are followed.
const FAR: TimeDelta = TimeDelta::days(7);
/// When hours with no open day are looked at again; [`ContactHours::check`] refuses them.
const NEVER: TimeDelta = TimeDelta::days(366);

/// Whether leads may be reached at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// They may, up to `until`; hours that go on over midnight are joined, a week or so ahead.
    Open {
        /// The first instant that is closed again, or far ahead.
        until: DateTime<Utc>,
    },
    /// They may not.
    Closed {
        /// The next instant that is open.
        opens: DateTime<Utc>,
        /// Why it is closed now.
        because: Closed,
    },
}

/// Why an instant is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is before or after the hours of its day.
    Hours,
    /// This weekday is closed.
    Weekday(Weekday),
    /// This date is a holiday.
    Holiday(NaiveDate),
}

impl ContactHours {
    /// Whether leads in `zone` may be reached at `now`.
    pub fn at(&self, now: DateTime<Utc>, zone: Tz) -> Opening {
        let date = now.with_timezone(&zone).date_naive();
        let mut spans = self.spans(date, zone).skip_while(|(_, to)| *to <= now);
        let closed = |opens| Opening::Closed {
            opens,
            because: self.closed(date),
        };
        match spans.next() {
            Some((from, _)) if from > now => closed(from),
            Some((_, mut until)) => {
                for (from, to) in spans {
                    if from > until || until - now >= FAR {
                        break;
                    }
                    until = to;
                }
                Opening::Open { until }
            }
            None => closed(now.checked_add_signed(NEVER).unwrap_or(now)),
        }
    }

    /// What is open as instants, in order, from the day before `date` on: clocks that go back
    /// over midnight show yesterday's date again in today's hours.
    fn spans(
        &self,
        date: NaiveDate,
        zone: Tz,
    ) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let first = date.pred_opt().unwrap_or(date);
        let days = first.iter_days().take(self.days_for(1));
        days.filter_map(move |date| {
            let span = self.on(date)?;
            let from = instant(date, span.from, zone)?;
            let to = instant(date, span.to, zone)?;
            // Hours that the clocks jump over are none.
            (from < to).then_some((from, to))
        })
    }

    fn closed(&self, date: NaiveDate) -> Closed {
        let day = date.weekday();
        if self.holidays.contains(&date) {
            Closed::Holiday(date)
        } else if self.weekday(day).is_none() {
            Closed::Weekday(day)
        } else {
            Closed::Hours
        }
    }
}
