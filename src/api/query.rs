//! What stands after the question mark: names this call knows, each once.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use percent_encoding::percent_decode_str;

use super::refusal::Refusal;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::leads::Direction;
use crate::paging::{After, From, Slice};
use crate::text;

/// How many rows a list passes over at most to come to a page; cursors reach any depth.
const DEEPEST: u32 = 100_000;

/// What an instant must be.
pub const WHEN: &str = "a time such as 2026-02-10T12:00:00Z";

/// The names and values of an address.
#[derive(Debug, Default, Clone)]
pub struct Query {
    pairs: Vec<(String, String)>,
    errors: FieldErrors,
}

impl Query {
    /// The value of a name.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(key, _)| key == name)?;
        Some(self.pairs.remove(at).1)
    }

    /// The names that begin with `prefix`, without it, and their values.
    pub fn take_all(&mut self, prefix: &str) -> Vec<(String, String)> {
        let (taken, left) = std::mem::take(&mut self.pairs)
            .into_iter()
            .partition::<Vec<_>, _>(|(name, _)| name.starts_with(prefix));
        self.pairs = left;
        taken
            .into_iter()
            .map(|(name, value)| (name[prefix.len()..].to_owned(), value))
            .collect()
    }

    /// The value of a name as `read` reads it; what it must be when it is not.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        must_be: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(name)?;
        let read = read(&value);
        if read.is_none() {
            self.errors.push(name, Problem::MustBe(must_be));
        }
        read
    }

    /// A truth value.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, "true or false", |value| value.parse().ok())
    }

    /// How many rows: from 1 to `most`, 20 when nothing is said (contract §1).
    pub fn limit(&mut self, most: u32, must_be: &'static str) -> u32 {
        self.read("limit", must_be, |value| {
            value
                .parse()
                .ok()
                .filter(|limit| (1..=most).contains(limit))
        })
        .unwrap_or(20)
    }

    /// The page that is asked for instead of a cursor, from 1.
    pub fn page(&mut self, limit: u32) -> Option<u32> {
        let page = self.page_number(limit, "follow next_cursor instead")?;
        if self.has("cursor") {
            let sentence = "page and cursor can't be given together";
            self.errors.push("page", Problem::Said(sentence.into()));
        }
        Some(page)
    }

    /// The number of a page, from 1, no deeper than lists are walked; what to do `instead` is said of
    /// one that is.
    pub fn page_number(&mut self, limit: u32, instead: &str) -> Option<u32> {
        let page = self.read("page", "a whole number from 1", |value| {
            value.parse().ok().filter(|page| *page >= 1)
        })?;
        if u64::from(page - 1) * u64::from(limit) > u64::from(DEEPEST) {
            let sentence = format!("page reaches too deep; {instead}");
            self.errors.push("page", Problem::Said(sentence.into()));
        }
        Some(page)
    }

    /// Which rows of a list ordered by age.
    pub fn slice(&mut self) -> Slice {
        let limit = self.limit(100, "a whole number from 1 to 100");
        let from = match self.page(limit) {
            Some(page) => From::Page(page),
            None => self
                .read("cursor", "one from the answer before", After::decode)
                .map_or(From::Start, From::Row),
        };
        Slice { limit, from }
    }

    /// `value`, when everything was read and right.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn done<T>(mut self, value: T) -> Result<T> {
        for (name, _) in std::mem::take(&mut self.pairs) {
            let sentence = format!("{} is not a known parameter", text::at_most(&name, 100));
            self.errors.push("query", Problem::Said(sentence.into()));
        }
        self.errors.or(value)
    }

    fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    fn of(query: &str) -> Result<Self> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(name)?, decoded(value)?))
        });
        let pairs = pairs.collect::<Result<Vec<(String, String)>>>()?;
        let mut errors = FieldErrors::default();
        for (name, value) in &pairs {
            if text::has_nul(name) || text::has_nul(value) {
                errors.push(name.replace('\0', ""), Problem::Nul);
            }
        }
        errors.or(Self {
            pairs,
            errors: FieldErrors::default(),
        })
    }
}

/// The name of an order and its direction, which `-` before the name turns round.
pub fn directed(value: &str) -> (&str, Direction) {
    match value.strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (value, Direction::Ascending),
    }
}

/// A time with its zone (RFC 3339).
pub fn rfc3339(value: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(value);
    time.ok().map(|time| time.to_utc())
}

/// A time (RFC 3339), or a date, which begins at midnight UTC.
pub fn instant(value: &str) -> Option<DateTime<Utc>> {
    rfc3339(value).or_else(|| {
        let date: NaiveDate = value.parse().ok()?;
        Some(date.and_time(NaiveTime::MIN).and_utc())
    })
}

fn decoded(text: &str) -> Result<String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| {
        let sentence = "The query is not in UTF-8";
        Error::invalid("query", Problem::Said(sentence.into()))
    })
}

impl FromRequest for Query {
    type Error = Refusal;
    type Future = Ready<Result<Self, Refusal>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request.query_string()).map_err(Refusal::from))
    }
}
