//! What a cell holds, as the text that a person would type for it.

use std::fmt::Write;

use chrono::{Days, NaiveDate};

use super::formats::Meaning;

/// Whole numbers below this are kept exactly (2⁵³).
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Above this a number is written with an exponent.
const LONG: f64 = 1e21;
/// The day after the last that spreadsheets know, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;
const DAY: u64 = 24 * 60 * 60;

/// A number, date or duration; what isn't a number is taken as it stands.
pub(super) fn number(said: &str, meaning: Meaning, since_1904: bool, into: &mut String) {
    let said = said.trim();
    let plain = said.len() <= 15 && !said.starts_with('0');
    if meaning == Meaning::Number && plain && said.bytes().all(|byte| byte.is_ascii_digit()) {
        into.push_str(said);
        return;
    }
    let Some(value) = said.parse().ok().filter(|value: &f64| value.is_finite()) else {
        into.push_str(said);
        return;
    };
    let known = (0.0..LAST_DAY).contains(&value);
    // Writing to a string can't fail.
    let _ = match meaning {
        Meaning::Date if known => date(value, since_1904, into),
        Meaning::Duration if known => duration(value, into),
        _ => plain_number(value, into),
    };
}

/// The digits that a spreadsheet shows, of which it keeps fifteen, and never an exponent for what
/// may be a phone number.
fn plain_number(value: f64, into: &mut String) -> std::fmt::Result {
    if value == 0.0 {
        into.push('0');
        return Ok(());
    }
    if value.fract() == 0.0 && value.abs() < EXACT {
        return write!(into, "{value:.0}");
    }
    let shown = format!("{value:.14e}").parse().unwrap_or(value);
    if shown.abs() < LONG {
        write!(into, "{shown}")
    } else {
        write!(into, "{shown:e}")
    }
}

/// `2026-11-24`, with a time unless it is midnight; only a time where there is no day.
fn date(value: f64, since_1904: bool, into: &mut String) -> std::fmt::Result {
    let seconds = (value * DAY as f64).round() as u64;
    let (day, time) = (seconds / DAY, seconds % DAY);
    let (hours, minutes, seconds) = (time / 3600, time / 60 % 60, time % 60);
    if day == 0 && !since_1904 {
        return write!(into, "{hours:02}:{minutes:02}:{seconds:02}");
    }
    let first = match (since_1904, day) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        // Spreadsheets believe that there was a 29 February 1900.
        (false, ..60) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30),
    };
    let Some(date) = first.and_then(|first| first.checked_add_days(Days::new(day))) else {
        return plain_number(value, into);
    };
    write!(into, "{date}")?;
    match time {
        0 => Ok(()),
        _ => write!(into, "T{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// `37:30:00`
fn duration(value: f64, into: &mut String) -> std::fmt::Result {
    let seconds = (value * DAY as f64).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(into, "{hours}:{minutes:02}:{seconds:02}")
}

/// A date that is written out already; midnight is left off.
pub(super) fn written_date(said: &str, into: &mut String) {
    let said = said.trim();
    let whole = said.trim_end_matches('Z');
    let whole = whole.strip_suffix(".000").unwrap_or(whole);
    into.push_str(whole.strip_suffix("T00:00:00").unwrap_or(said));
}

pub(super) fn truth(said: &str, into: &mut String) {
    into.push_str(match said.trim() {
        "" => "",
        "0" | "false" => "false",
        _ => "true",
    });
}

/// Adds a text in which `_x000D_` stands for a character that XML can't hold.
pub(super) fn unescape(said: &str, into: &mut String) {
    let mut rest = said;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        into.push_str(before);
        match escaped(from) {
            Some(c) => {
                into.push(c);
                rest = &from[7..];
            }
            None => {
                into.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    into.push_str(rest);
}

/// The character that a text starts with in escaped form.
pub(in super::super) fn escaped(text: &str) -> Option<char> {
    let bytes: &[u8; 7] = text.as_bytes().first_chunk()?;
    let [b'_', b'x', digits @ .., b'_'] = bytes else {
        return None;
    };
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let code = std::str::from_utf8(digits).ok()?;
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &str, meaning: Meaning) -> String {
        let mut text = String::new();
        number(said, meaning, false, &mut text);
        text
    }

    #[test]
    fn numbers_are_written_as_people_type_them() {
        let is = |said: &str, text: &str| assert_eq!(read(said, Meaning::Number), text, "{said}");
        is("15551234567", "15551234567");
        is("1.5551234567E10", "15551234567");
        is("15551234567.0", "15551234567");
        is("8765432101234567", "8765432101234567");
        is("0.30000000000000004", "0.3");
        is("-12.50", "-12.5");
        is("1e20", "100000000000000000000");
        is("1e300", "1e300");
        is("-0", "0");
        is("007", "7");
        is("", "");
        is("NaN", "NaN");
        is("n/a", "n/a");
    }

    #[test]
    fn dates_are_written_as_iso_says() {
        let is = |said: &str, text: &str| assert_eq!(read(said, Meaning::Date), text, "{said}");
        is("46350", "2026-11-24");
        is("46350.625", "2026-11-24T15:00:00");
        is("46350.62499999999", "2026-11-24T15:00:00");
        is("46350.999999999", "2026-11-25");
        is("0.625", "15:00:00");
        is("1", "1900-01-01");
        is("61", "1900-03-01");
        is("2958465", "9999-12-31");
        is("2958466", "2958466");
        is("-1", "-1");
        assert_eq!(read("1.5625", Meaning::Duration), "37:30:00");
        let mut text = String::new();
        number("44888", Meaning::Date, true, &mut text);
        assert_eq!(text, "2026-11-24");
    }

    #[test]
    fn escapes_are_read_and_what_only_looks_like_one_is_not() {
        for (said, text) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x_x0041_", "_xA"),
            ("_xD800_", "_xD800_"),
            ("_x00é_", "_x00é_"),
            ("_x004", "_x004"),
        ] {
            let mut read = String::new();
            unescape(said, &mut read);
            assert_eq!(read, text);
        }
    }
}
