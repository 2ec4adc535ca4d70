//! Contact hours in a form: a line for each weekday, empty when it is closed, and the holidays,
//! one date a line. Its fields are those of `templates/parts/hours.html`.

use chrono::NaiveDate;

use super::{Form, Problems};
use crate::hours::{ContactHours, Span, written};

/// Weekdays as the names of fields and as people read them, Monday first.
const DAYS: [(&str, &str); 7] = [
    ("monday", "Monday"),
    ("tuesday", "Tuesday"),
    ("wednesday", "Wednesday"),
    ("thursday", "Thursday"),
    ("friday", "Friday"),
    ("saturday", "Saturday"),
    ("sunday", "Sunday"),
];
/// The field's name of the holidays.
const HOLIDAYS: &str = "holidays";
/// The most holidays that are told as wrong at once.
const MOST_WRONG: usize = 3;

/// What stands in the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Monday first.
    pub days: Vec<Day>,
    /// One date a line.
    pub holidays: String,
}

/// A weekday's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The beginning of its fields' names.
    pub word: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// When it opens, as `09:00`.
    pub from: String,
    /// When it closes; `00:00` is midnight.
    pub to: String,
}

impl Hours {
    /// The fields of hours that are set.
    pub fn of(hours: &ContactHours) -> Self {
        let line = |((word, name), span): ((&'static str, &'static str), Option<Span>)| {
            // A field for a time of day knows no 24:00.
            let (from, to) = span.map_or_else(Default::default, |span| {
                (written(span.from), written(span.to % Span::WHOLE_DAY.to))
            });
            Day {
                word,
                name,
                from,
                to,
            }
        };
        let dates = hours.holidays.iter().map(NaiveDate::to_string);
        Self {
            days: DAYS.into_iter().zip(hours.days).map(line).collect(),
            holidays: dates.collect::<Vec<_>>().join("\n"),
        }
    }

    /// The fields as they were typed.
    pub fn typed(form: &Form) -> Self {
        let typed = |word: &str, end: &str| form.get(&format!("{word}_{end}")).trim().to_owned();
        let days = DAYS.into_iter().map(|(word, name)| Day {
            word,
            name,
            from: typed(word, "from"),
            to: typed(word, "to"),
        });
        Self {
            days: days.collect(),
            holidays: form.get(HOLIDAYS).to_owned(),
        }
    }

    /// The hours they say.
    ///
    /// # Errors
    /// A sentence for each line that is wrong.
    pub fn read(&self) -> Result<ContactHours, Problems> {
        let mut wrong: Vec<(String, String)> = Vec::new();
        let mut days = [None; 7];
        for (day, span) in self.days.iter().zip(&mut days) {
            match day.read() {
                Ok(read) => *span = read,
                Err((end, sentence)) => wrong.push((format!("{}_{end}", day.word), sentence)),
            }
        }
        let (mut holidays, mut strange) = (Vec::new(), Vec::new());
        for line in self.holidays.lines().map(str::trim) {
            match line.parse::<NaiveDate>() {
                _ if line.is_empty() => {}
                Ok(date) => holidays.push(date),
                Err(_) => strange.push(format!("“{line}”")),
            }
        }
        if !strange.is_empty() {
            strange.truncate(MOST_WRONG);
            let strange = strange.join(", ");
            let sentence = format!("{strange}: write each holiday as 2026-12-25, one a line");
            wrong.push((HOLIDAYS.to_owned(), sentence));
        }
        if !wrong.is_empty() {
            return Err(Problems::many(wrong.into_iter()));
        }
        holidays.sort_unstable();
        holidays.dedup();
        let hours = ContactHours { days, holidays };
        match hours.check() {
            Ok(()) => Ok(hours),
            Err(sentence) => Err(Problems::one("monday_from", sentence)),
        }
    }
}

impl Day {
    /// Its hours, nothing when it is closed; otherwise the end that is wrong, and a sentence.
    fn read(&self) -> Result<Option<Span>, (&'static str, String)> {
        let name = self.name;
        match (self.from.as_str(), self.to.as_str()) {
            ("", "") => Ok(None),
            (_, "") => Err(("to", format!("Say until when on {name}, or empty both"))),
            ("", _) => Err(("from", format!("Say from when on {name}, or empty both"))),
            (from, to) => match Span::between(from, to) {
                Some(span) if span.from < span.to => Ok(Some(span)),
                Some(_) => Err(("to", format!("{name} must open before it closes"))),
                None => Err(("from", format!("Write the times of {name} as 09:00"))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_stands_in_the_fields_and_is_read_back() {
        let mut hours = ContactHours::default();
        hours.days[6] = Some(Span::WHOLE_DAY);
        hours.holidays = vec!["2026-12-25".parse().unwrap()];
        let fields = Hours::of(&hours);
        assert_eq!(
            (fields.days[6].from.as_str(), fields.days[6].to.as_str()),
            ("00:00", "00:00")
        );
        assert_eq!(fields.read().unwrap(), hours);
    }

    #[test]
    fn an_empty_day_is_closed_and_what_is_wrong_is_told_beside_its_field() {
        let form = Form::filled_with(&[
            ("monday_from", "09:00"),
            ("monday_to", "17:30"),
            ("tuesday_from", "18:00"),
            ("tuesday_to", "09:00"),
            ("friday_to", "12:00"),
            ("holidays", "2026-12-25\n\n1.1.2027"),
        ]);
        let fields = Hours::typed(&form);
        let problems = fields.read().unwrap_err();
        assert_eq!(
            problems.of("tuesday_to"),
            "Tuesday must open before it closes"
        );
        assert_eq!(
            problems.of("friday_from"),
            "Say from when on Friday, or empty both"
        );
        assert!(problems.of("holidays").contains("“1.1.2027”"));
        assert_eq!(problems.len(), 3);
        let closed = Hours::typed(&Form::default()).read().unwrap_err();
        assert_eq!(
            closed.of("monday_from"),
            "At least one weekday must be open"
        );
    }
}
