//! From words to what somebody wishes: a span from now, or a day and a time of day.

use chrono::{NaiveTime, TimeDelta, Timelike, Weekday};

use super::day::{self, Day};
use super::{clock, words};
use crate::text;

/// What somebody typed, read but not yet looked up in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// So long from now.
    In(TimeDelta),
    /// At a time of a day.
    At {
        day: Day,
        weekday: Option<Weekday>,
        time: NaiveTime,
    },
}

/// What has been found in the words so far.
#[derive(Default)]
struct Found {
    day: Option<Day>,
    weekday: Option<Weekday>,
    time: Option<NaiveTime>,
    /// "afternoon": a time of day unless a better one stands there.
    part: Option<NaiveTime>,
    /// "next tuesday": today is not meant.
    next: Option<()>,
}

/// Nothing when a word is not understood, or when two say the same thing.
pub(super) fn read(typed: &str) -> Option<Wish> {
    let text = words::shortened(text::fold(typed));
    let words = words::split(&text);
    if let Some(span) = clock::span(&words) {
        return Some(Wish::In(span));
    }
    let mut found = Found::default();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        rest = rest.get(found.take(rest)?..)?;
    }
    found.wish()
}

impl Found {
    /// Reads what the first words say, and gives how many those are.
    fn take(&mut self, words: &[&str]) -> Option<usize> {
        // After a weekday, a number by itself might be a day of the month; after "tomorrow" it
        // is an hour.
        let hour = matches!(self.day, Some(Day::After(_)));
        if let Some((time, taken)) = clock::read(words, hour) {
            return once(&mut self.time, time, taken);
        }
        let first = *words.first()?;
        // "mañana" is tomorrow, and its morning in "mañana por la mañana".
        let morning = self.day.is_some() && first == "manana";
        if let Some((day, taken)) = day::read(words).filter(|_| !morning) {
            return once(&mut self.day, day, taken);
        }
        if let Some(weekday) = words::weekday(first) {
            return once(&mut self.weekday, weekday, 1);
        }
        if let Some(part) = words::part_of_day(first) {
            return once(&mut self.part, part, 1);
        }
        match words {
            ["next" | "proximo", ..] => once(&mut self.next, (), 1),
            ["que", "viene", ..] => once(&mut self.next, (), 2),
            [
                "at" | "on" | "this" | "este" | "a" | "la" | "las" | "por",
                _,
                ..,
            ] => Some(1),
            _ => None,
        }
    }

    fn wish(self) -> Option<Wish> {
        let time = match (self.time, self.part) {
            // "evening 8:30" is 20:30.
            (Some(time), Some(part)) if part.hour() >= 12 && time.hour() < 12 => {
                Some(time.overflowing_add_signed(TimeDelta::hours(12)).0)
            }
            (time, part) => time.or(part),
        };
        let day = match self.day {
            Some(day) => day,
            None if self.weekday.is_some() || time.is_some() => Day::Coming {
                today: self.next.is_none(),
            },
            None => return None,
        };
        Some(Wish::At {
            day,
            weekday: self.weekday,
            time: time.or_else(|| NaiveTime::from_hms_opt(9, 0, 0))?,
        })
    }
}

/// Fills a place that may be filled once.
fn once<T>(place: &mut Option<T>, found: T, taken: usize) -> Option<usize> {
    place.replace(found).is_none().then_some(taken)
}
