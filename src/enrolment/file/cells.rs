//! Reading the cells of an own key as something other than text.

use chrono::NaiveDate;
use serde_json::{Number, Value};

use super::plan::Reading;
use crate::fields::{Field, Kind};

/// What a cell says when it is read like this.
///
/// # Errors
/// What it is not, after its name.
pub fn read(cell: &str, reading: Reading) -> Result<Value, String> {
    said(cell, reading).ok_or_else(|| format!("is not {}", asked(reading)))
}

/// What a cell says in a field of the catalogue: the field's type decides how it is read, and the
/// reading only in which order a date is.
///
/// # Errors
/// What must stand there, after its name.
pub fn of_field(cell: &str, field: &Field, reading: Reading) -> Result<Value, String> {
    let value = match (field.kind, reading) {
        (Kind::Number, _) => said(cell, Reading::Number),
        (Kind::Date, Reading::DayFirst | Reading::MonthFirst) => return read(cell, reading),
        (Kind::Date, _) => said(cell, Reading::YearFirst),
        (Kind::Text | Kind::Boolean | Kind::Choice, _) => field.read(cell),
    };
    value.ok_or_else(|| field.must_be())
}

fn said(cell: &str, reading: Reading) -> Option<Value> {
    match reading {
        Reading::Text => Some(cell.into()),
        Reading::Number => number(cell).map(Value::Number),
        Reading::DayFirst => date(cell, |[day, month, year]| (year, month, day)),
        Reading::MonthFirst => date(cell, |[month, day, year]| (year, month, day)),
        Reading::YearFirst => date(cell, |[year, month, day]| (year, month, day)),
    }
}

/// What a reading asks of a cell, for people.
fn asked(reading: Reading) -> &'static str {
    match reading {
        Reading::Text => "a text",
        Reading::Number => "a number",
        Reading::DayFirst => "a date with the day first, as 31/12/2026",
        Reading::MonthFirst => "a date with the month first, as 12/31/2026",
        Reading::YearFirst => "a date with the year first, as 2026-12-31",
    }
}

/// `1234`, `1,234.50`, `1.234,50`, `1 234`: the last of the two marks that stands once is the
/// decimal one, but for a single comma before three digits.
fn number(cell: &str) -> Option<Number> {
    let bare: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.replace(['\'', '’'], "");
    let (comma, point) = (bare.rfind(','), bare.rfind('.'));
    let plain = match (comma, point) {
        (Some(comma), Some(point)) if comma > point => bare.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => bare.replace(',', ""),
        (Some(comma), None) if bare.len() - comma == 4 || bare.matches(',').count() > 1 => {
            bare.replace(',', "")
        }
        (Some(_), None) => bare.replace(',', "."),
        _ => bare,
    };
    if !plain
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.".contains(c))
    {
        return None;
    }
    let plain = plain.trim_start_matches('+');
    match plain.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => Number::from_f64(plain.parse().ok()?),
    }
}

/// The date as `YYYY-MM-DD`; a time of day after it is dropped, a year of two digits is the one
/// nearest to now that spreadsheets mean (00 to 29 are 2000 to 2029).
fn date(cell: &str, ordered: fn([u32; 3]) -> (u32, u32, u32)) -> Option<Value> {
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<u32> = day
        .split(['/', '.', '-'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = ordered(parts.try_into().ok()?);
    let year = match year {
        0..=29 => 2000 + year,
        30..=99 => 1900 + year,
        year => year,
    };
    let year = i32::try_from(year).ok().filter(|year| *year < 10_000)?;
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(date.format("%Y-%m-%d").to_string().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, said) in [
            ("12", "12"),
            ("-3", "-3"),
            ("+7", "7"),
            ("1,234", "1234"),
            ("1,234.50", "1234.5"),
            ("1.234,50", "1234.5"),
            ("1 234", "1234"),
            ("0,5", "0.5"),
            ("1,234,567", "1234567"),
        ] {
            let read = read(cell, Reading::Number).map(|value| value.to_string());
            assert_eq!(read.as_deref(), Ok(said), "{cell}");
        }
        for cell in ["", "twelve", "1e5", "inf", "--1", "1.2.3"] {
            let refused = Err("is not a number".to_owned());
            assert_eq!(read(cell, Reading::Number), refused, "{cell}");
        }
    }

    #[test]
    fn dates_are_read_in_the_order_that_was_chosen() {
        for (cell, reading, said) in [
            ("31/12/2026", Reading::DayFirst, Some("2026-12-31")),
            ("1.2.26", Reading::DayFirst, Some("2026-02-01")),
            ("12/31/2026", Reading::MonthFirst, Some("2026-12-31")),
            ("2026-12-31 10:15", Reading::YearFirst, Some("2026-12-31")),
            (
                "2026-12-31T10:15:00Z",
                Reading::YearFirst,
                Some("2026-12-31"),
            ),
            ("31/12/99", Reading::DayFirst, Some("1999-12-31")),
            ("31/12/2026", Reading::MonthFirst, None),
            ("30/02/2026", Reading::DayFirst, None),
            ("tomorrow", Reading::DayFirst, None),
        ] {
            let read = read(cell, reading).ok();
            assert_eq!(read, said.map(Value::from), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_is_read_or_refused(cell in ".{0,40}") {
            for reading in Reading::ALL {
                let _ = read(&cell, *reading);
            }
        }

        #[test]
        fn a_date_comes_back_from_each_order(days in 0i64..20_000) {
            let date = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            for (pattern, reading) in [
                ("%d/%m/%Y", Reading::DayFirst),
                ("%m/%d/%Y", Reading::MonthFirst),
                ("%Y-%m-%d", Reading::YearFirst),
            ] {
                let cell = date.format(pattern).to_string();
                prop_assert_eq!(read(&cell, reading), Ok(date.to_string().into()));
            }
        }
    }
}
