//! Which entries a list shows.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Timestamptz};
use uuid::Uuid;

use super::cursor::Cursor;
use super::words::{Event, Other, Subject};
use crate::caller::Caller;
use crate::db::schema::audit_entries;

/// A list of entries, newest first: filters that all hold, and which page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What happened.
    pub event: Option<Event>,
    /// To what kind of thing.
    pub subject: Option<Subject>,
    /// To which one.
    pub subject_id: Option<Uuid>,
    /// Who did it.
    pub who: Option<Who>,
    /// At this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Before this instant.
    pub before: Option<DateTime<Utc>>,
    /// Where the page begins; the first page without one.
    pub cursor: Option<Cursor>,
    /// How many entries to pass over when there is no cursor.
    pub offset: u32,
    /// How many entries at most.
    pub limit: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            event: None,
            subject: None,
            subject_id: None,
            who: None,
            since: None,
            before: None,
            cursor: None,
            offset: 0,
            limit: 50,
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A person, at a page.
    Person(Uuid),
    /// A key, by its name.
    Key(String),
    /// Somebody else.
    Other(Other),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => id.fmt(f),
            Self::Key(name) => write!(f, "key:{name}"),
            Self::Other(other) => other.fmt(f),
        }
    }
}

/// A word that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nobody;

impl FromStr for Who {
    type Err = Nobody;

    fn from_str(word: &str) -> Result<Self, Nobody> {
        if let Some(name) = word.strip_prefix("key:") {
            return Ok(Self::Key(name.to_owned()));
        }
        let other = word.parse().map(Self::Other);
        other.or_else(|_| Uuid::try_parse(word).map(Self::Person).map_err(|_| Nobody))
    }
}

type Filtered = audit_entries::BoxedQuery<'static, Pg>;

impl Query {
    /// The account's entries that pass every filter, in no order. Each filter stands here as its
    /// index has it.
    pub(super) fn filtered(&self, caller: &Caller) -> Filtered {
        let mut query = audit_entries::table
            .filter(audit_entries::account_id.eq(caller.account.id))
            .into_boxed();
        if let Some(event) = self.event {
            query = query.filter(audit_entries::event.eq(event));
        }
        if let Some(subject) = self.subject {
            query = query.filter(audit_entries::subject.eq(subject));
            if subject != Subject::Lead {
                query = query.filter(sql::<Bool>("audit_entries.subject <> 'lead'"));
            }
        }
        if let Some(id) = self.subject_id {
            query = query.filter(audit_entries::subject_id.eq(id));
        }
        query = match &self.who {
            Some(Who::Person(id)) => query.filter(audit_entries::actor_id.eq(*id)),
            Some(Who::Key(name)) => query.filter(audit_entries::api_key.eq(name.clone())),
            Some(Who::Other(other)) => query
                .filter(audit_entries::actor.eq(other.as_str()))
                .filter(audit_entries::actor_id.is_null())
                .filter(audit_entries::api_key.is_null()),
            None => query,
        };
        if let Some(since) = self.since {
            query = query.filter(audit_entries::created_at.ge(since));
        }
        if let Some(before) = self.before {
            query = query.filter(audit_entries::created_at.lt(before));
        }
        query
    }

    /// The entries on the cursor's side of it, in the order of the walk.
    pub(super) fn walk(&self, mut query: Filtered) -> Filtered {
        let backwards = self.backwards();
        if let Some(cursor) = &self.cursor {
            let side = if backwards { ">" } else { "<" };
            // Compared as a row, so that an index leads to the place.
            query = query.filter(
                sql::<Bool>(&format!(
                    "(audit_entries.created_at, audit_entries.number) {side} ("
                ))
                .bind::<Timestamptz, _>(cursor.created_at)
                .sql(", ")
                .bind::<BigInt, _>(cursor.number)
                .sql(")"),
            );
        }
        let (at, number) = (audit_entries::created_at, audit_entries::number);
        match backwards {
            true => query.order((at.asc(), number.asc())),
            false => query.order((at.desc(), number.desc())),
        }
    }

    pub(super) fn backwards(&self) -> bool {
        self.cursor.is_some_and(|cursor| cursor.backwards)
    }
}
