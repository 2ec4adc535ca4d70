//! The leads that came in of late, as bars with their figures below.

use chrono_tz::Tz;

use crate::leads::{self, Arrivals, Day, Total};
use crate::web::leads::List;

/// A day's share of the picture, and how high it is.
const SLOT: i64 = 100;
const WIDTH: i64 = 60;
const HEIGHT: i64 = 96;

/// A day as it is drawn and told.
pub struct Column {
    /// "Mon".
    pub weekday: String,
    /// "24".
    pub day: String,
    /// "Nov".
    pub month: String,
    /// How many leads.
    pub leads: Total,
    /// The list of them.
    pub path: String,
    /// Its bar, from the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Its width.
    pub width: i64,
    /// Its height; a day without leads still has a foot.
    pub height: i64,
    /// Whether it is today.
    pub is_today: bool,
}

/// The days, oldest first.
pub fn columns(arrivals: &Arrivals, zone: Tz) -> Vec<Column> {
    let highest = arrivals.days.iter().map(|day| day.leads.leads).max();
    let highest = highest.unwrap_or(0).max(1);
    let days = (0..).zip(&arrivals.days);
    let columns = days.map(|(place, day): (i64, &Day)| {
        let height = (day.leads.leads * HEIGHT / highest).max(2);
        let begins = day.begins.with_timezone(&zone);
        let is_today = place + 1 == count(arrivals);
        Column {
            weekday: begins.format("%a").to_string(),
            day: begins.format("%-d").to_string(),
            month: begins.format("%b").to_string(),
            leads: day.leads,
            path: path(day, (!is_today).then_some(day)),
            x: place * SLOT + (SLOT - WIDTH) / 2,
            y: HEIGHT - height,
            width: WIDTH,
            height,
            is_today,
        }
    });
    columns.collect()
}

/// All of the seven days together, and the list of them.
pub fn week(arrivals: &Arrivals) -> (Total, String) {
    let days = arrivals.days.iter().map(|day| day.leads);
    let leads = days.fold(Total::of(0), Total::and);
    let path = arrivals.days.first().map(|first| path(first, None));
    (leads, path.unwrap_or_default())
}

/// "12 more than in the seven days before"; nothing where that is not known, or would tell
/// nothing.
pub fn compared(week: Total, before: Total) -> Option<String> {
    let known = week.is_exact && before.is_exact && before.leads > 0;
    let more = week.leads - before.leads;
    known.then(|| match more {
        0 => "as many as in the seven days before".to_owned(),
        1.. => format!("{more} more than in the seven days before"),
        _ => format!("{} fewer than in the seven days before", -more),
    })
}

/// The leads from the beginning of one day on, to the end of another.
fn path(from: &Day, to: Option<&Day>) -> String {
    let query = leads::Query {
        created_after: Some(from.begins),
        created_before: to.map(|day| day.ends),
        ..leads::Query::default()
    };
    List::new(query).url()
}

fn count(arrivals: &Arrivals) -> i64 {
    i64::try_from(arrivals.days.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;

    fn arrivals(counts: &[i64]) -> Arrivals {
        let first: DateTime<Utc> = "2026-11-18T03:00:00Z".parse().unwrap();
        let days = (0..).zip(counts).map(|(place, leads)| Day {
            begins: first + TimeDelta::days(place),
            ends: first + TimeDelta::days(place + 1),
            leads: Total::of(*leads),
        });
        Arrivals {
            days: days.collect(),
            week_before: Total::of(0),
            nobodys: Total::of(0),
            any: true,
        }
    }

    #[test]
    fn the_busiest_day_is_as_high_as_the_picture_and_none_vanishes() {
        let columns = columns(&arrivals(&[40, 0, 20]), Tz::America__Santiago);
        let heights: Vec<i64> = columns.iter().map(|one| one.height).collect();
        assert_eq!(heights, [96, 2, 48]);
        assert_eq!((columns[0].y, columns[2].y), (0, 48));
        let first = &columns[0];
        let said = [&first.weekday, &first.day, &first.month].map(String::as_str);
        assert_eq!(said, ["Wed", "18", "Nov"]);
        assert!(columns[2].is_today && !columns[1].is_today);
    }

    #[test]
    fn a_day_opens_its_own_leads_and_today_all_since_midnight() {
        let columns = columns(&arrivals(&[1, 1]), Tz::America__Santiago);
        assert_eq!(
            columns[0].path,
            "/leads?created_after=2026-11-18T03%3A00%3A00Z&created_before=2026-11-19T03%3A00%3A00Z"
        );
        assert_eq!(
            columns[1].path,
            "/leads?created_after=2026-11-19T03%3A00%3A00Z"
        );
    }

    #[test]
    fn weeks_are_compared_where_both_are_known() {
        let said = |week, before| compared(Total::of(week), Total::of(before));
        assert_eq!(
            said(12, 5).as_deref(),
            Some("7 more than in the seven days before")
        );
        assert_eq!(
            said(5, 12).as_deref(),
            Some("7 fewer than in the seven days before")
        );
        assert_eq!(
            said(5, 5).as_deref(),
            Some("as many as in the seven days before")
        );
        assert_eq!(said(5, 0), None);
        assert_eq!(said(10_001, 5), None);
    }

    #[test]
    fn where_counting_stopped_the_sum_says_so() {
        let (week, _) = week(&arrivals(&[10_001, 3]));
        assert_eq!((week.leads, week.is_exact), (10_000, false));
    }
}
