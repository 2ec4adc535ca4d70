//! Contact hours: when leads may be called or written to, where they are. Nothing here reads a
//! clock or a row; whoever asks says the instant and the zone.

mod local;
mod opening;
#[cfg(test)]
mod properties;
mod said;
mod span;
mod working_days;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize};

pub use local::{first_instant, midnight};
pub use opening::{Closed, Opening};
pub use said::{city, sentence};
pub use span::{Span, minute, written};
pub use working_days::add_business_days;

/// How many holidays may be kept: some years of the country with the most of them.
pub const MAX_HOLIDAYS: usize = 400;

/// When leads may be called or written to, in their own local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactHours {
    /// Monday first; nothing for a weekday that is closed.
    pub days: [Option<Span>; 7],
    /// Dates that are closed whatever their weekday; read as sorted and without doubles.
    #[serde(default, deserialize_with = "sorted")]
    pub holidays: Vec<NaiveDate>,
}

impl Default for ContactHours {
    /// Mondays to Fridays from 9 to 19, Saturdays from 10 to 14.
    fn default() -> Self {
        let [workday, saturday] = [(9, 19), (10, 14)].map(|(from, to)| {
            Some(Span {
                from: from * 60,
                to: to * 60,
            })
        });
        Self {
            days: [workday, workday, workday, workday, workday, saturday, None],
            holidays: Vec::new(),
        }
    }
}

impl ContactHours {
    /// Around the clock, every day.
    pub fn always() -> Self {
        Self {
            days: [Some(Span::WHOLE_DAY); 7],
            holidays: Vec::new(),
        }
    }

    /// Whether these hours can be kept to.
    ///
    /// # Errors
    /// A sentence about the first thing that is wrong: a day that closes before it opens, no
    /// open day, too many holidays.
    pub fn check(&self) -> Result<(), String> {
        let open = || WEEKDAYS.into_iter().zip(self.days);
        let wrong = |span: Span| span.from >= span.to || span.to > Span::WHOLE_DAY.to;
        if let Some((day, _)) = open().find(|(_, span)| span.is_some_and(wrong)) {
            return Err(format!(
                "{} must open before it closes, between 00:00 and 24:00",
                name(day)
            ));
        }
        if self.days.iter().all(Option::is_none) {
            return Err("At least one weekday must be open".to_owned());
        }
        if self.holidays.len() > MAX_HOLIDAYS {
            return Err(format!("There can be at most {MAX_HOLIDAYS} holidays"));
        }
        Ok(())
    }

    /// The hours of a date; nothing when it is closed.
    fn on(&self, date: NaiveDate) -> Option<Span> {
        if self.holidays.contains(&date) {
            return None;
        }
        self.weekday(date.weekday())
    }

    fn weekday(&self, day: Weekday) -> Option<Span> {
        WEEKDAYS
            .into_iter()
            .zip(self.days)
            .find_map(|(one, span)| span.filter(|_| one == day))
    }

    /// Days after which `open` open ones have passed, if any weekday is open at all: were every
    /// holiday on an open day, there would still be enough.
    fn days_for(&self, open: usize) -> usize {
        // A few more for hours and dates that a change of the clocks swallows.
        const SWALLOWED: usize = 3;
        open.saturating_add(self.holidays.len() + SWALLOWED)
            .saturating_mul(7)
    }
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The English name of a weekday.
fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn sorted<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<NaiveDate>, D::Error> {
    let dates = BTreeSet::deserialize(from)?;
    Ok(dates.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hours_are_written_and_read_as_people_write_them() {
        let hours = ContactHours::default();
        let written = serde_json::to_value(&hours).unwrap();
        let workday = json!({"from": "09:00", "to": "19:00"});
        assert_eq!(written["days"][0], workday);
        assert_eq!(written["days"][6], json!(null));
        assert_eq!(
            serde_json::from_value::<ContactHours>(written).unwrap(),
            hours
        );
    }

    #[test]
    fn holidays_are_read_in_order_and_once() {
        let given = json!({"days": [null, null, null, null, null, null, null],
            "holidays": ["2026-12-25", "2026-09-18", "2026-12-25"]});
        let hours: ContactHours = serde_json::from_value(given).unwrap();
        let said: Vec<_> = hours.holidays.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["2026-09-18", "2026-12-25"]);
    }

    #[test]
    fn hours_that_can_not_be_kept_are_refused_with_a_sentence() {
        assert_eq!(ContactHours::default().check(), Ok(()));
        assert_eq!(ContactHours::always().check(), Ok(()));
        let mut hours = ContactHours::default();
        hours.days[5] = Some(Span { from: 600, to: 600 });
        let said = hours.check().unwrap_err();
        assert!(said.starts_with("Saturday must open before"), "{said}");
        hours.days = [None; 7];
        let said = hours.check().unwrap_err();
        assert_eq!(said, "At least one weekday must be open");
        let mut hours = ContactHours::always();
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        hours.holidays = first.iter_days().take(401).collect();
        let said = hours.check().unwrap_err();
        assert_eq!(said, "There can be at most 400 holidays");
    }
}
