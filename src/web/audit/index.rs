//! `GET /audit`

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use uuid::Uuid;

use super::address::Filters;
use super::chips::{Chip, chips};
use super::{facts, filters, headers, words};
use crate::accounts;
use crate::audit::{self, Cursor, Entry, Event, Other, Subject, Who};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::Result;
use crate::leads::Total;
use crate::people::{self, User};
use crate::web::leads::{self, Difference};
use crate::web::{Choice, Ctx, Fault, Nav, Page, Query, render};

#[derive(Template)]
#[template(path = "audit/index.html")]
struct Index {
    page: Page,
    filters: Filters,
    found: Found,
    chips: Vec<Chip>,
}

/// What the address asks for, and what it takes to tell it.
struct Found {
    list: audit::Page,
    total: i64,
    names: HashMap<Uuid, String>,
    people: Vec<User>,
    keys: Vec<String>,
}

/// One entry in words.
struct Row {
    who: String,
    did: String,
    /// What it is about, and its page while it is there.
    about: String,
    page: Option<String>,
    /// Field by field, when the sentence does not tell it.
    changes: Vec<Difference>,
}

/// The entries that the address describes.
///
/// # Errors
/// When the caller may not see them, or the database can't be asked.
pub async fn index(ctx: Ctx, query: Query) -> Result<HttpResponse, Fault> {
    let filters = Filters::read(&query.0);
    let asked = filters.query(ctx.caller.account.time_zone);
    let found = ctx
        .run(move |conn, caller| load(conn, caller, &asked))
        .await?;
    let index = Index {
        page: ctx.page(Nav::Audit),
        chips: chips(&filters, &found.names),
        filters,
        found,
    };
    render(StatusCode::OK, &index)
}

fn load(conn: &mut PgConnection, caller: &Caller, query: &audit::Query) -> Result<Found> {
    caller.require(Permission::ReadAudit)?;
    let list = audit::page(conn, caller, query)?;
    let total = audit::total(conn, caller, query, &list)?;
    let mut ids: Vec<Uuid> = query.subject_id.into_iter().collect();
    if let Some(Who::Person(id)) = query.who {
        ids.push(id);
    }
    for entry in &list.entries {
        ids.push(entry.subject_id);
        ids.extend(leads::mentioned_by(entry));
    }
    Ok(Found {
        names: audit::names(conn, caller, ids)?,
        people: people::users(conn, caller)?,
        keys: key_names(conn, caller)?,
        list,
        total,
    })
}

/// Keys by name, also those that were revoked: what they did is still here.
fn key_names(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<String>> {
    let keys = accounts::keys(conn, caller)?;
    let mut names: Vec<String> = keys.into_iter().map(|key| key.name).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

impl Index {
    fn rows(&self) -> impl Iterator<Item = (&Entry, Row)> {
        self.found.list.entries.iter().map(|it| (it, self.row(it)))
    }

    fn row(&self, entry: &Entry) -> Row {
        let names = &self.found.names;
        let changes = leads::differences(entry, names);
        let name = match entry.subject {
            Subject::Account => Some(&self.page.account),
            _ => names.get(&entry.subject_id),
        };
        Row {
            who: leads::actor(entry, names),
            did: words::did(entry, &changes),
            about: name.map_or_else(|| words::nameless(entry.subject).to_owned(), Clone::clone),
            page: name.map(|_| words::page_of(entry.subject, entry.subject_id)),
            changes: if changes.len() > 1 {
                changes
            } else {
                Vec::new()
            },
        }
    }

    /// The entries about the same thing.
    fn only(&self, entry: &Entry) -> String {
        let filters = Filters {
            of: Some(entry.subject_id),
            ..Filters::default()
        };
        filters.at(None)
    }

    fn facts(&self, entry: &Entry) -> String {
        facts(entry)
    }

    fn headers(&self, entry: &Entry) -> Vec<(String, String)> {
        headers(entry)
    }

    fn events(&self) -> Vec<Choice> {
        let current = self.filters.event.map(|event| event.as_str());
        let all = Event::ALL.iter().map(|it| (it.as_str(), words::event(*it)));
        choices("Anything", current, all)
    }

    fn subjects(&self) -> Vec<Choice> {
        let current = self.filters.subject.map(|subject| subject.as_str());
        let all = Subject::ALL.iter();
        let all = all.map(|it| (it.as_str(), words::subject(*it).to_owned()));
        choices("Anything", current, all)
    }

    fn actors(&self) -> Vec<Choice> {
        let people = self.found.people.iter();
        let people = people.map(|person| (Who::Person(person.id), person.name.clone()));
        let keys = self.found.keys.iter();
        let keys = keys.map(|name| (Who::Key(name.clone()), format!("API key “{name}”")));
        let others = Other::ALL.iter();
        let others = others.map(|it| (Who::Other(*it), words::other(*it).to_owned()));
        let all = people.chain(keys).chain(others);
        let current = self.filters.who.as_ref().map(ToString::to_string);
        let all = all.map(|(who, label)| (who.to_string(), label));
        choices("Anybody", current.as_deref(), all)
    }

    /// The days of the filter as its fields have them.
    fn days(&self) -> [(&'static str, &'static str, String); 2] {
        let said = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        [
            ("from", "From", said(self.filters.from).unwrap_or_default()),
            ("to", "To", said(self.filters.to).unwrap_or_default()),
        ]
    }

    fn previous(&self) -> String {
        self.neighbour(self.found.list.previous)
    }

    fn next(&self) -> String {
        self.neighbour(self.found.list.next)
    }

    fn neighbour(&self, cursor: Option<Cursor>) -> String {
        let at = cursor.map(|cursor| self.filters.at(Some(cursor)));
        at.unwrap_or_default()
    }

    /// "1 to 50 of 10,000+".
    fn place(&self) -> String {
        let shown = u32::try_from(self.found.list.entries.len()).unwrap_or(u32::MAX);
        let from = self.found.list.position;
        let number = |number: u32| filters::grouped(&number.to_string());
        let (first, last) = (from.saturating_add(1), from.saturating_add(shown));
        format!(
            "{} to {} of {}",
            number(first),
            number(last),
            self.counted()
        )
    }

    fn counted(&self) -> String {
        filters::counted_words(Total::of(self.found.total))
    }
}

fn choices<W: Into<String>>(
    any: &str,
    current: Option<&str>,
    all: impl Iterator<Item = (W, String)>,
) -> Vec<Choice> {
    let current = current.unwrap_or_default();
    let all = all.map(|(word, label)| Choice::new(word, label, current));
    std::iter::once(Choice::new("", any, current))
        .chain(all)
        .collect()
}
