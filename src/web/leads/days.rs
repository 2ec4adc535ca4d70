//! A timeline, day by day.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::story::Told;
use crate::leads::Moment;

/// A day of a timeline.
pub struct Day<'a> {
    /// An instant of it.
    pub at: DateTime<Utc>,
    /// What happened on it.
    pub moments: Vec<(&'a Moment, Told)>,
}

/// Moments in their order, parted where a day begins in the account's zone.
pub fn days<'a>(
    moments: impl Iterator<Item = &'a Moment>,
    zone: Tz,
    told: impl Fn(&Moment) -> Told,
) -> Vec<Day<'a>> {
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let mut days: Vec<Day<'a>> = Vec::new();
    for moment in moments {
        let one = (moment, told(moment));
        match days.last_mut() {
            Some(day) if date(day.at) == date(moment.at) => day.moments.push(one),
            _ => days.push(Day {
                at: moment.at,
                moments: vec![one],
            }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::leads::What;

    #[test]
    fn a_day_ends_at_midnight_in_the_accounts_zone() {
        let note = |at: &str| Moment {
            id: Uuid::nil(),
            at: at.parse().unwrap(),
            what: What::Note {
                author: "Ana".into(),
                body: "x".into(),
            },
        };
        let moments = [
            note("2026-11-20T04:00:00Z"),
            note("2026-11-20T02:00:00Z"),
            note("2026-11-19T12:00:00Z"),
        ];
        let told = |_: &Moment| Told {
            icon: "note",
            mine: false,
            who: String::new(),
            did: String::new(),
            quote: None,
            changes: Vec::new(),
        };
        let parted = |zone| -> Vec<usize> {
            let days = days(moments.iter(), zone, told);
            days.iter().map(|day| day.moments.len()).collect()
        };
        assert_eq!(parted(Tz::America__Santiago), [1, 2]);
        assert_eq!(parted(Tz::UTC), [2, 1]);
    }
}
