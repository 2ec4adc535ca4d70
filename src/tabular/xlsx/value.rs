//! What a cell holds, as the text that a person would type for it.

use std::fmt::{Result, Write};

use calamine::{DataRef, ExcelDateTime};
use chrono::{Datelike, NaiveTime, SubsecRound};

/// Whole numbers below this are kept exactly (2⁵³).
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Above this a number is written with an exponent.
const LONG: f64 = 1e21;
/// The day after the last that spreadsheets know, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;
const DAY: f64 = 24.0 * 60.0 * 60.0;

/// Adds what a cell holds; errors are empty.
pub(super) fn write(value: &DataRef<'_>, into: &mut String) {
    // Writing to a string can't fail.
    let _ = match value {
        DataRef::Int(value) => write!(into, "{value}"),
        DataRef::Float(value) => number(*value, into),
        DataRef::String(text) => into.write_str(text),
        DataRef::SharedString(text) => into.write_str(text),
        DataRef::Bool(value) => write!(into, "{value}"),
        DataRef::DateTime(value) => day(value, into),
        DataRef::DateTimeIso(said) | DataRef::DurationIso(said) => written_date(said, into),
        DataRef::Error(_) | DataRef::Empty => Ok(()),
    };
}

/// The digits that a spreadsheet shows, of which it keeps fifteen, and never an exponent for what
/// may be a phone number.
fn number(value: f64, into: &mut String) -> Result {
    if value == 0.0 {
        return into.write_str("0");
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

/// `2026-11-24`, with a time unless it is midnight; only a time where there is no day. A duration
/// is `37:30:00`.
fn day(value: &ExcelDateTime, into: &mut String) -> Result {
    let days = value.as_f64();
    if !(0.0..LAST_DAY).contains(&days) {
        return number(days, into);
    }
    if value.is_duration() {
        let seconds = (days * DAY).round() as u64;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return write!(into, "{hours}:{minutes:02}:{seconds:02}");
    }
    let Some(at) = value.as_datetime().map(|at| at.round_subsecs(0)) else {
        return number(days, into);
    };
    match (at.date(), at.time()) {
        // The day before the first that spreadsheets know.
        (date, time) if date.year() == 1899 => write!(into, "{time}"),
        (date, NaiveTime::MIN) => write!(into, "{date}"),
        (date, time) => write!(into, "{date}T{time}"),
    }
}

/// A date that is written out already; midnight is left off.
fn written_date(said: &str, into: &mut String) -> Result {
    let said = said.trim();
    let whole = said.trim_end_matches('Z');
    let whole = whole.strip_suffix(".000").unwrap_or(whole);
    into.write_str(whole.strip_suffix("T00:00:00").unwrap_or(said))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    fn written(value: DataRef<'_>) -> String {
        let mut text = String::new();
        write(&value, &mut text);
        text
    }

    #[test]
    fn numbers_are_written_as_people_type_them() {
        for (value, text) in [
            (15551234567.0, "15551234567"),
            (1.5551234567E10, "15551234567"),
            (-12.50, "-12.5"),
            (0.1 + 0.2, "0.3"),
            (9876543210123456.0, "9876543210123460"),
            (1e20, "100000000000000000000"),
            (1e300, "1e300"),
            (-0.0, "0"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(written(DataRef::Float(value)), text);
        }
    }

    #[test]
    fn dates_are_written_as_iso_says() {
        let date = |value, since_1904| {
            written(DataRef::DateTime(ExcelDateTime::new(
                value, DateTime, since_1904,
            )))
        };
        for (value, text) in [
            (46350.0, "2026-11-24"),
            (46350.625, "2026-11-24T15:00:00"),
            (46350.62499999999, "2026-11-24T15:00:00"),
            (46350.999999999, "2026-11-25"),
            (0.625, "15:00:00"),
            (1.0, "1900-01-01"),
            (61.0, "1900-03-01"),
            (2958465.0, "9999-12-31"),
            (2958466.0, "2958466"),
            (-1.0, "-1"),
        ] {
            assert_eq!(date(value, false), text);
        }
        assert_eq!(date(44888.0, true), "2026-11-24");
        let lasting = ExcelDateTime::new(1.5625, TimeDelta, false);
        assert_eq!(written(DataRef::DateTime(lasting)), "37:30:00");
        for (said, text) in [
            ("2026-11-24T00:00:00.000Z", "2026-11-24"),
            ("2026-11-24T15:00:00", "2026-11-24T15:00:00"),
        ] {
            assert_eq!(written(DataRef::DateTimeIso(said.to_owned())), text);
        }
    }
}
