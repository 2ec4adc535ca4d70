//! Days, as they are typed, and the dates they may mean.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::clock::{self, number};
use super::words;

/// Which day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// So many days after today.
    After(u32),
    /// The same day so many months later.
    Months(u32),
    /// The week after this one; its Monday, or the weekday that stands beside it.
    NextWeek,
    /// A day of a month, of the coming one where no year is said.
    Date {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    /// The first that is still ahead, today too where that may be.
    Coming { today: bool },
}

impl Day {
    /// The dates it may mean, of that weekday where one was said; the first that is still ahead
    /// is the one.
    pub(super) fn dates(self, weekday: Option<Weekday>, today: NaiveDate) -> Vec<NaiveDate> {
        // However many are said, more than these are too many.
        let days = |days: u32| today.checked_add_days(Days::new(days.min(1_000).into()));
        let dates: Vec<Option<NaiveDate>> = match self {
            Self::After(count) => vec![days(count)],
            Self::Months(count) => vec![today.checked_add_months(Months::new(count.min(100)))],
            Self::NextWeek => {
                let monday = 7 - today.weekday().num_days_from_monday();
                let week = (monday..monday + 7).map(days);
                week.take(if weekday.is_some() { 7 } else { 1 }).collect()
            }
            Self::Date { day, month, year } => {
                let years = year.map_or(today.year()..=today.year() + 1, |year| year..=year);
                years
                    .map(|year| NaiveDate::from_ymd_opt(year, month, day))
                    .collect()
            }
            Self::Coming { today } => (u32::from(!today)..=8).map(days).collect(),
        };
        let meant = |date: &NaiveDate| weekday.is_none_or(|day| date.weekday() == day);
        dates.into_iter().flatten().filter(meant).collect()
    }
}

/// The day the words begin with, and how many those are.
pub(super) fn read(words: &[&str]) -> Option<(Day, usize)> {
    match words {
        ["today" | "hoy", ..] => Some((Day::After(0), 1)),
        ["tomorrow" | "tmrw" | "manana", ..] => Some((Day::After(1), 1)),
        ["day", "after", "tomorrow", ..] => Some((Day::After(2), 3)),
        ["pasado", "manana", ..] => Some((Day::After(2), 2)),
        ["next", "week", ..] | ["proxima", "semana", ..] => Some((Day::NextWeek, 2)),
        ["semana", "que", "viene", ..] => Some((Day::NextWeek, 3)),
        ["in" | "en", rest @ ..] => {
            let (count, unit, taken) = clock::counted(rest)?;
            let day = match unit {
                "d" | "day" | "days" | "dia" | "dias" => Day::After(count),
                "w" | "week" | "weeks" | "semana" | "semanas" => {
                    Day::After(count.saturating_mul(7))
                }
                "month" | "months" | "mes" | "meses" => Day::Months(count),
                _ => return None,
            };
            Some((day, taken + 1))
        }
        [first, ..] => match in_digits(first) {
            Some(date) => Some((date, 1)),
            None => in_words(words),
        },
        [] => None,
    }
}

/// `2026-11-26`, `26/11/2026`, `26/11`: the year first or last, the day before the month.
fn in_digits(word: &str) -> Option<Day> {
    let mark = ['/', '-', '.']
        .into_iter()
        .find(|mark| word.contains(*mark))?;
    let parts: Vec<&str> = word.split(mark).collect();
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (day, month, Some(*year)),
        [day, month, year] => (day, month, Some(*year)),
        [day, month] if mark != '.' => (day, month, None),
        _ => return None,
    };
    let century = |short: u32| i32::try_from(short).ok().map(|short| 2000 + short);
    let year = match year {
        Some(text) => Some(four_digits(text).or_else(|| century(number(text)?))?),
        None => None,
    };
    Some(Day::Date {
        day: number(day)?,
        month: number(month)?,
        year,
    })
}

/// `26 nov`, `26th november 2026`, `nov 26`.
fn in_words(words: &[&str]) -> Option<(Day, usize)> {
    let [first, second, rest @ ..] = words else {
        return None;
    };
    let (day, month) = match (day_of_month(first), words::month(first)) {
        (Some(day), _) => (day, words::month(second)?),
        // "mar 3 pm" is a Tuesday.
        (_, Some(month)) if clock::read(&words[1..], false).is_none() => {
            (day_of_month(second)?, month)
        }
        _ => return None,
    };
    let year = rest.first().and_then(|word| four_digits(word));
    let taken = if year.is_some() { 3 } else { 2 };
    Some((Day::Date { day, month, year }, taken))
}

fn day_of_month(word: &str) -> Option<u32> {
    let endings = ["st", "nd", "rd", "th", "o"];
    let plain = endings.iter().find_map(|ending| word.strip_suffix(ending));
    number(plain.unwrap_or(word))
}

fn four_digits(word: &str) -> Option<i32> {
    let plain = word.len() == 4 && word.bytes().all(|c| c.is_ascii_digit());
    word.parse().ok().filter(|_| plain)
}
