//! A timeline, day by day.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::history::Happening;

/// A day of a timeline.
pub struct Day<'a> {
    /// An instant of it.
    pub at: DateTime<Utc>,
    /// What happened on it.
    pub happenings: Vec<&'a Happening>,
}

/// What happened, in its order, parted where a day begins in the account's zone.
pub fn days<'a>(happenings: impl Iterator<Item = &'a Happening>, zone: Tz) -> Vec<Day<'a>> {
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let mut days: Vec<Day<'a>> = Vec::new();
    for one in happenings {
        match days.last_mut() {
            Some(day) if date(day.at) == date(one.at) => day.happenings.push(one),
            _ => days.push(Day {
                at: one.at,
                happenings: vec![one],
            }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::web::leads::story::Told;

    #[test]
    fn a_day_ends_at_midnight_in_the_accounts_zone() {
        let at = |at: &str| Happening {
            id: Uuid::nil(),
            at: at.parse().unwrap(),
            told: Told::default(),
        };
        let happenings = [
            at("2026-11-20T04:00:00Z"),
            at("2026-11-20T02:00:00Z"),
            at("2026-11-19T12:00:00Z"),
        ];
        let parted = |zone| -> Vec<usize> {
            let days = days(happenings.iter(), zone);
            days.iter().map(|day| day.happenings.len()).collect()
        };
        assert_eq!(parted(Tz::America__Santiago), [1, 2]);
        assert_eq!(parted(Tz::UTC), [2, 1]);
    }
}
