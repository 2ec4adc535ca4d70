//! A lead's timeline: what people wrote and what happened, newest first.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::audit::{self, Entry, Event};
use crate::caller::{Caller, Permission};
use crate::db::schema::activities;
use crate::error::Result;

/// One moment of a timeline.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Its id.
    pub id: Uuid,
    /// When it was.
    pub at: DateTime<Utc>,
    /// What it was.
    pub what: What,
}

/// What a timeline shows.
#[derive(Debug, Clone)]
pub enum What {
    /// Somebody wrote a note.
    Note {
        /// Their name.
        author: String,
        /// What they wrote.
        body: String,
    },
    /// Something changed.
    Change(Box<Entry>),
}

/// What of a timeline is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Notes and changes.
    Everything,
    /// What people wrote.
    Notes,
    /// What changed.
    Changes,
}

#[derive(HasQuery)]
#[diesel(table_name = activities)]
struct Activity {
    id: Uuid,
    author: String,
    body: String,
    created_at: DateTime<Utc>,
}

/// The newest `limit` moments of a lead the caller has been shown.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn timeline(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    show: Show,
    limit: usize,
) -> Result<Vec<Moment>> {
    caller.require(Permission::ReadLeads)?;
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let notes = match show {
        Show::Everything | Show::Notes => notes(conn, caller, lead_id, rows)?,
        Show::Changes => Vec::new(),
    };
    let entries = match show {
        Show::Everything | Show::Changes => audit::of_subject(conn, caller, lead_id, rows)?,
        Show::Notes => Vec::new(),
    };
    // The note itself tells that it was written.
    let entries = entries
        .into_iter()
        .filter(|entry| entry.event != Event::LeadNoted);
    let entries = entries.map(|entry| Moment {
        id: entry.id,
        at: entry.created_at,
        what: What::Change(Box::new(entry)),
    });
    let mut moments: Vec<Moment> = notes.into_iter().chain(entries).collect();
    // Stable, so that entries of one instant stay in their order.
    moments.sort_by_key(|moment| std::cmp::Reverse(moment.at));
    moments.truncate(limit);
    Ok(moments)
}

fn notes(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    limit: i64,
) -> Result<Vec<Moment>> {
    let notes = Activity::query()
        .filter(activities::account_id.eq(caller.account.id))
        .filter(activities::lead_id.eq(lead_id))
        .order((activities::created_at.desc(), activities::id.desc()))
        .limit(limit)
        .load(conn)?;
    let notes = notes.into_iter().map(|note| Moment {
        id: note.id,
        at: note.created_at,
        what: What::Note {
            author: note.author,
            body: note.body,
        },
    });
    Ok(notes.collect())
}
