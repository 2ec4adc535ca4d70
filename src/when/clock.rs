//! Times of day and spans, as they are typed.

use chrono::{NaiveTime, TimeDelta};

/// Hours that a number by itself may mean; "3" could be in the night or in the afternoon.
const BARE: std::ops::Range<u32> = 7..24;

/// The time of day the words begin with, and how many those are; a number by itself is one after
/// "at", "las", or where `bare` says so.
pub(super) fn read(words: &[&str], bare: bool) -> Option<(NaiveTime, usize)> {
    if let [
        number,
        unit @ ("am" | "pm" | "h" | "hs" | "hrs" | "horas"),
        ..,
    ] = words
        && let Some(time) = time(&format!("{number}{unit}"))
    {
        return Some((time, 2));
    }
    let first = words.first()?;
    if let Some(time) = time(first) {
        return Some((time, 1));
    }
    match words {
        ["at" | "la" | "las", rest @ ..] => {
            let (time, taken) = read(rest, true)?;
            Some((time, taken + 1))
        }
        _ if bare => {
            let hour = number(first).filter(|hour| BARE.contains(hour))?;
            Some((NaiveTime::from_hms_opt(hour, 0, 0)?, 1))
        }
        _ => None,
    }
}

/// `3pm`, `3:30pm`, `15:00`, `9.30`, `15h`, `15h30`; seconds are left out.
fn time(word: &str) -> Option<NaiveTime> {
    let (rest, noon) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (word, None),
    };
    let units = ["horas", "hrs", "hs", "h"];
    let whole = units.iter().find_map(|unit| rest.strip_suffix(unit));
    let (hour, minute) = match rest.split_once([':', '.', 'h']) {
        _ if let Some(hour) = whole => (hour, "00"),
        Some(parts) => parts,
        None if noon.is_some() => (rest, "00"),
        None => return None,
    };
    let (minute, second) = minute.split_once(':').unwrap_or((minute, "00"));
    if minute.len() != 2 || second.len() != 2 || number(second)? > 59 {
        return None;
    }
    let hour = match (number(hour)?, noon) {
        (hour @ 1..=12, Some(noon)) => hour % 12 + noon,
        (_, Some(_)) => return None,
        (hour, None) => hour,
    };
    NaiveTime::from_hms_opt(hour, number(minute)?, 0)
}

/// "in 2 hours", "en 45 min", "in half an hour", where that is all that is said.
pub(super) fn span(words: &[&str]) -> Option<TimeDelta> {
    let ["in" | "en", rest @ ..] = words else {
        return None;
    };
    if let ["half", "an", "hour"] | ["media", "hora"] = rest {
        return Some(TimeDelta::minutes(30));
    }
    let (count, unit, taken) = counted(rest)?;
    match unit {
        _ if taken != rest.len() => None,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" => {
            Some(TimeDelta::minutes(count.into()))
        }
        "h" | "hs" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" => {
            Some(TimeDelta::hours(count.into()))
        }
        _ => None,
    }
}

/// How many of what: "2 days", "2d", "a week"; and how many words say so.
pub(super) fn counted<'a>(words: &[&'a str]) -> Option<(u32, &'a str, usize)> {
    let first = *words.first()?;
    let unit = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let (count, unit) = match first {
        "a" | "an" | "one" | "un" | "una" => (1, ""),
        _ => (first.strip_suffix(unit)?.parse().ok()?, unit),
    };
    match unit {
        "" => Some((count, words.get(1)?, 2)),
        unit => Some((count, unit, 1)),
    }
}

/// A number of one or two digits.
pub(super) fn number(text: &str) -> Option<u32> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}
