//! Writing and reading audit entries.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::words::{Event, Subject};
use crate::caller::{Actor, Caller};
use crate::db::schema::audit_entries;
use crate::db::write_rows;
use crate::error::Result;
use crate::ids;
use crate::paging::{After, Page, Slice};

/// A change to be written down.
#[derive(Debug, Clone)]
pub struct Change {
    /// What happened.
    pub event: Event,
    /// To what kind of thing.
    pub subject: Subject,
    /// To which one.
    pub subject_id: Uuid,
    /// The facts: for an update, `{"changes": {field: {"from": …, "to": …}}}`.
    pub data: Value,
}

/// An entry as it was written.
#[derive(Debug, Clone, HasQuery, QueryableByName)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// Its number, the integer id of contract §5.
    pub number: i64,
    /// What happened.
    pub event: Event,
    /// To what kind of thing.
    pub subject: Subject,
    /// To which one.
    pub subject_id: Uuid,
    /// Who did it: an e-mail, or `recipient`, `worker` or `command line`.
    pub actor: String,
    /// The person, when it was one.
    pub actor_id: Option<Uuid>,
    /// The key's name, when it came through the API.
    pub api_key: Option<String>,
    /// The facts.
    pub data: Value,
    /// HTTP method.
    pub request_method: Option<String>,
    /// Path without the query.
    pub request_path: Option<String>,
    /// Headers, secrets masked.
    pub request_headers: Option<Value>,
    /// Where it came from.
    pub request_ip: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
struct Row<'a> {
    account_id: Uuid,
    id: Uuid,
    event: Event,
    subject: Subject,
    subject_id: Uuid,
    actor: &'a str,
    actor_id: Option<Uuid>,
    api_key: Option<&'a str>,
    data: &'a Value,
    request_method: Option<&'a str>,
    request_path: Option<&'a str>,
    request_headers: Option<&'a Value>,
    request_ip: Option<&'a str>,
    created_at: DateTime<Utc>,
}

/// What is kept of a change: each fact that is another one now.
pub fn differences(before: &Value, after: &Value) -> Value {
    let facts = after.as_object().into_iter().flatten();
    let changed = facts.filter(|(name, now)| before[name.as_str()] != **now);
    let changes: Map<String, Value> = changed
        .map(|(name, now)| {
            let was = &before[name.as_str()];
            (name.clone(), json!({"from": was, "to": now}))
        })
        .collect();
    json!({ "changes": changes })
}

/// Writes entries, inside the transaction of the changes they tell of: one statement for any
/// number.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn write(conn: &mut PgConnection, caller: &Caller, changes: &[Change]) -> Result<()> {
    let (actor_id, api_key) = match &caller.actor {
        Actor::User(person) => (Some(person.id), None),
        Actor::ApiKey { name, .. } => (None, Some(name.as_str())),
        Actor::Recipient | Actor::Worker | Actor::CommandLine => (None, None),
    };
    let request = caller.request.as_ref();
    let headers = request.map(|r| Value::Object(r.headers.clone()));
    let ip = request.and_then(|r| r.ip).map(|ip| ip.to_string());
    let ids = ids::several(caller.now, changes.len());
    let rows: Vec<Row<'_>> = changes
        .iter()
        .zip(ids)
        .map(|(change, id)| Row {
            account_id: caller.account.id,
            id,
            event: change.event,
            subject: change.subject,
            subject_id: change.subject_id,
            actor: caller.actor_name(),
            actor_id,
            api_key,
            data: &change.data,
            request_method: request.map(|r| r.method.as_str()),
            request_path: request.map(|r| r.path.as_str()),
            request_headers: headers.as_ref(),
            request_ip: ip.as_deref(),
            created_at: caller.now,
        })
        .collect();
    write_rows!(conn, audit_entries::table, &rows)?;
    Ok(())
}

/// The entries about one thing, newest first, at most `limit`.
///
/// The caller has already been allowed to see the thing.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn of_subject(
    conn: &mut PgConnection,
    caller: &Caller,
    subject_id: Uuid,
    limit: i64,
) -> Result<Vec<Entry>> {
    Ok(Entry::query()
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        // Entries of one call share its instant; their numbers tell which was written first.
        .order((
            audit_entries::created_at.desc(),
            audit_entries::number.desc(),
        ))
        .limit(limit)
        .load(conn)?)
}

/// A page of the entries about one thing, newest first.
///
/// The caller has already been allowed to see the thing.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn page_of_subject(
    conn: &mut PgConnection,
    caller: &Caller,
    subject_id: Uuid,
    slice: &Slice,
) -> Result<Page<Entry>> {
    let mut rows = Entry::query()
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        .order((
            audit_entries::created_at.desc(),
            audit_entries::number.desc(),
        ))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(after) = slice.after() {
        let number: Option<i64> = audit_entries::table
            .find((caller.account.id, after.id))
            .select(audit_entries::number)
            .first(conn)
            .optional()?;
        let older = audit_entries::created_at.lt(after.created_at);
        let as_old = audit_entries::created_at.eq(after.created_at);
        let before = audit_entries::number.lt(number.unwrap_or_default());
        rows = rows.filter(older.or(as_old.and(before)));
    }
    let rows = rows.load(conn)?;
    let total = audit_entries::table
        .filter(audit_entries::account_id.eq(caller.account.id))
        .filter(audit_entries::subject_id.eq(subject_id))
        .count()
        .get_result(conn)?;
    Ok(slice.page(rows, total, |entry| After {
        created_at: entry.created_at,
        id: entry.id,
    }))
}
