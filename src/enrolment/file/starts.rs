//! When the leads of a file begin in their workflow, where only so many may on one day.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::hours::{self, ContactHours, Opening};

/// When the next lead begins.
#[derive(Debug, Clone)]
pub struct Starts {
    /// When the first begins.
    first: DateTime<Utc>,
    limit: Option<Limit>,
    /// How many have begun.
    begun: u32,
}

#[derive(Debug, Clone)]
struct Limit {
    a_day: u32,
    zone: Tz,
    hours: ContactHours,
}

impl Starts {
    /// All at once.
    pub fn at_once(now: DateTime<Utc>) -> Self {
        Self {
            first: now,
            limit: None,
            begun: 0,
        }
    }

    /// At most `a_day` on each working day, from `now` on or from when leads may be reached again;
    /// `begun` have already.
    pub fn at_most(
        a_day: u32,
        now: DateTime<Utc>,
        begun: u32,
        zone: Tz,
        hours: ContactHours,
    ) -> Self {
        let first = match hours.at(now, zone) {
            Opening::Open { .. } => now,
            Opening::Closed { opens, .. } => opens,
        };
        let a_day = a_day.max(1);
        Self {
            first,
            limit: Some(Limit { a_day, zone, hours }),
            begun,
        }
    }

    /// How many have begun.
    pub fn begun(&self) -> u32 {
        self.begun
    }

    /// When the next one begins; those of later days at midnight, and their contact hours say
    /// when they can be reached.
    pub fn next(&mut self) -> DateTime<Utc> {
        let number = self.begun;
        self.begun = self.begun.saturating_add(1);
        let Some(limit) = &self.limit else {
            return self.first;
        };
        match number / limit.a_day {
            0 => self.first,
            day => {
                let later = hours::add_business_days(self.first, day, limit.zone, &limit.hours);
                hours::midnight(later, 0, limit.zone)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{Datelike as _, TimeZone as _, Weekday};
    use proptest::prelude::*;

    use super::*;

    const ZONE: Tz = chrono_tz::America::Santiago;

    proptest! {
        #[test]
        fn no_working_day_has_more_than_its_share(
            a_day in 1u32..40, leads in 0u32..400, minutes in 0i64..20_000, begun in 0u32..50,
        ) {
            let now = Utc.with_ymd_and_hms(2026, 11, 25, 12, 0, 0).unwrap()
                + chrono::TimeDelta::minutes(minutes);
            let hours = ContactHours::default();
            let mut starts = Starts::at_most(a_day, now, 0, ZONE, hours.clone());
            let mut days: BTreeMap<_, u32> = BTreeMap::new();
            let mut before = now;
            for _ in 0..leads {
                let start = starts.next();
                prop_assert!(start >= before);
                before = start;
                let reached = match hours.at(start, ZONE) {
                    Opening::Open { .. } => start,
                    Opening::Closed { opens, .. } => opens,
                };
                let day = reached.with_timezone(&ZONE).date_naive();
                prop_assert!(day.weekday() != Weekday::Sun);
                *days.entry(day).or_default() += 1;
            }
            prop_assert!(days.values().all(|count| *count <= a_day), "{days:?}");
            // Going on after a stop gives what would have come without one.
            let mut again = Starts::at_most(a_day, now, begun, ZONE, hours.clone());
            let mut whole = Starts::at_most(a_day, now, 0, ZONE, hours);
            for _ in 0..begun {
                whole.next();
            }
            prop_assert_eq!(again.next(), whole.next());
            prop_assert_eq!(again.begun(), begun + 1);
        }
    }
}
