//! What the address of the audit says: which entries, and which page of them.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::audit::{Cursor, Event, Query, Subject, Who};
use crate::hours::first_instant;
use crate::web::Form;

/// Entries as the address describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// What happened.
    pub event: Option<Event>,
    /// To what kind of thing.
    pub subject: Option<Subject>,
    /// To which one.
    pub of: Option<Uuid>,
    /// Who did it.
    pub who: Option<Who>,
    /// On this day or later, in the account's zone.
    pub from: Option<NaiveDate>,
    /// On this day or earlier.
    pub to: Option<NaiveDate>,
    /// Where the page begins.
    pub cursor: Option<Cursor>,
    /// What the address said and nobody understands, as `name=value`.
    pub left_out: Vec<String>,
}

/// A filter that can be taken away by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// What happened.
    Event,
    /// The kind of thing.
    Subject,
    /// The one thing.
    Of,
    /// Who did it.
    Who,
    /// The days.
    Days,
}

impl Filters {
    /// Reads an address. What it says wrongly is left out and told, never an error.
    pub fn read(form: &Form) -> Self {
        let mut left_out = Vec::new();
        let read = Self {
            event: take(form, "event", &mut left_out, |word| word.parse().ok()),
            subject: take(form, "subject", &mut left_out, |word| word.parse().ok()),
            of: take(form, "of", &mut left_out, |word| Uuid::try_parse(word).ok()),
            who: take(form, "who", &mut left_out, who),
            from: take(form, "from", &mut left_out, day),
            to: take(form, "to", &mut left_out, day),
            cursor: take(form, "cursor", &mut left_out, Cursor::decode),
            left_out: Vec::new(),
        };
        Self { left_out, ..read }
    }

    /// What the room is asked, with days as they are in `zone`.
    pub fn query(&self, zone: Tz) -> Query {
        let begins = |day: NaiveDate| first_instant(day.and_time(NaiveTime::MIN), zone);
        let day_after = |day: NaiveDate| day.checked_add_days(Days::new(1));
        Query {
            event: self.event,
            subject: self.subject,
            subject_id: self.of,
            who: self.who.clone(),
            since: self.from.map(begins),
            before: self.to.and_then(day_after).map(begins),
            cursor: self.cursor,
            ..Query::default()
        }
    }

    /// The same entries at another page; at their newest without a cursor.
    pub fn at(&self, cursor: Option<Cursor>) -> String {
        Self {
            cursor,
            ..self.clone()
        }
        .url()
    }

    /// The address of the whole list as a file.
    pub fn export(&self) -> String {
        self.at(None).replacen("/audit", "/audit/export", 1)
    }

    /// The entries without one of the filters.
    pub fn without(&self, filter: Filter) -> String {
        let mut other = self.clone();
        other.cursor = None;
        match filter {
            Filter::Event => other.event = None,
            Filter::Subject => other.subject = None,
            Filter::Of => other.of = None,
            Filter::Who => other.who = None,
            Filter::Days => (other.from, other.to) = (None, None),
        }
        other.url()
    }

    fn url(&self) -> String {
        let pairs = [
            ("event", self.event.map(|event| event.as_str().to_owned())),
            ("subject", self.subject.map(|it| it.as_str().to_owned())),
            ("of", self.of.map(|id| id.to_string())),
            ("who", self.who.as_ref().map(ToString::to_string)),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("cursor", self.cursor.map(|cursor| cursor.encode())),
        ];
        let said: Vec<_> = pairs.iter().filter(|(_, word)| word.is_some()).collect();
        // Pairs of texts can always be written down.
        match serde_urlencoded::to_string(said).unwrap_or_default() {
            said if said.is_empty() => "/audit".to_owned(),
            said => format!("/audit?{said}"),
        }
    }
}

fn take<T>(
    form: &Form,
    name: &str,
    left_out: &mut Vec<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let word = form.filled(name)?.replace('\0', "");
    let value = read(&word);
    if value.is_none() {
        left_out.push(format!("{name}={word}"));
    }
    value
}

fn who(word: &str) -> Option<Who> {
    word.parse().ok()
}

/// A day that every zone and the database have.
fn day(word: &str) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1970, 1, 2)?;
    let last = NaiveDate::from_ymd_opt(9999, 12, 30)?;
    word.parse().ok().filter(|day| (first..=last).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Filters {
        Filters::read(&Form::parse(address.as_bytes()).unwrap())
    }

    #[test]
    fn an_address_is_read_and_written_the_same() {
        for address in [
            "/audit",
            "/audit?event=lead_created",
            "/audit?subject=workflow&who=key%3AFacebook+bridge",
            "/audit?of=00000000-0000-0000-0000-000000000007&who=command+line",
            "/audit?from=2026-11-01&to=2026-11-24",
        ] {
            let said = address.strip_prefix("/audit?").unwrap_or_default();
            let filters = read(said);
            assert!(filters.left_out.is_empty(), "{filters:?}");
            assert_eq!(filters.at(None), address);
        }
    }

    #[test]
    fn what_nobody_understands_is_left_out_and_told() {
        let filters = read("event=money&from=tomorrow&to=0001-01-01&of=7&who=nobody&cursor=x");
        let left_out = filters.left_out.clone();
        assert_eq!(
            filters,
            Filters {
                left_out,
                ..Filters::default()
            }
        );
        assert_eq!(filters.left_out.len(), 6);
        assert_eq!(filters.left_out[0], "event=money");
    }

    #[test]
    fn a_day_is_a_whole_day_of_the_account() {
        let query = read("from=2026-11-24&to=2026-11-24").query(Tz::America__Santiago);
        let said = |at: Option<chrono::DateTime<chrono::Utc>>| at.unwrap().to_rfc3339();
        assert_eq!(said(query.since), "2026-11-24T03:00:00+00:00");
        assert_eq!(said(query.before), "2026-11-25T03:00:00+00:00");
    }

    #[test]
    fn one_filter_is_taken_away_and_the_page_with_it() {
        let filters = read("event=lead_created&from=2026-11-24");
        assert_eq!(filters.without(Filter::Days), "/audit?event=lead_created");
        assert_eq!(filters.without(Filter::Event), "/audit?from=2026-11-24");
    }
}
