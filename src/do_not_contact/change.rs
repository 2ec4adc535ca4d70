//! Putting somebody on the list, and taking them off.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::entry::Entry;
use super::gate::Contact;
use super::list::find;
use super::words::{Kind, Source};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::do_not_contact_entries as entries;
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::{ids, phone, text};

/// The longest reason, in characters.
const REASON_CHARACTERS: usize = 500;

/// Somebody who is to be left alone from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What `value` is.
    pub kind: Kind,
    /// A lead's id, a number or an address, as it was typed.
    pub value: String,
    /// Why, at most 500 characters.
    pub reason: String,
}

#[derive(Insertable)]
#[diesel(table_name = entries)]
struct Row<'a> {
    account_id: Uuid,
    id: Uuid,
    kind: Kind,
    value: String,
    reason: &'a str,
    source: Source,
    author: &'a str,
    created_at: chrono::DateTime<chrono::Utc>,
    /// The worker takes the leads it names out of their workflows.
    look_at: chrono::DateTime<chrono::Utc>,
}

/// Puts numbers, addresses and leads on the list, in one statement; who is on it already stays as
/// they are. What was added.
///
/// # Errors
/// [`Error::Forbidden`] without the right to write leads, except for outcomes and opt-outs, which
/// may be told by whoever may tell them; [`Error::Invalid`] with the fields `lead`, `phone`,
/// `email` and `reason`.
pub fn add(
    conn: &mut PgConnection,
    caller: &Caller,
    new: Vec<NewEntry>,
    source: Source,
) -> Result<Vec<Entry>> {
    match source {
        Source::Person | Source::Api => caller.require(Permission::WriteLeads)?,
        Source::Outcome | Source::OptOut => {}
    }
    let new = checked(caller, new)?;
    write(conn, caller, &new, source)
}

/// Puts a lead on the list with its number and its address, so that nobody reaches it as another
/// lead either. What was added.
///
/// # Errors
/// As [`add`]; of the lead itself only `reason` can be wrong.
pub fn add_lead(
    conn: &mut PgConnection,
    caller: &Caller,
    lead: &Contact,
    reason: &str,
    source: Source,
) -> Result<Vec<Entry>> {
    let named = [
        Some((Kind::Lead, lead.lead_id.to_string())),
        lead.phone.clone().map(|phone| (Kind::Phone, phone)),
        lead.email.clone().map(|email| (Kind::Email, email)),
    ];
    let new = named.into_iter().flatten().map(|(kind, value)| NewEntry {
        kind,
        value,
        reason: reason.to_owned(),
    });
    add(conn, caller, new.collect(), source)
}

/// Puts an address on the list for the one who reads it there and asks for it; again changes
/// nothing.
///
/// # Errors
/// [`Error::Invalid`] when it is no address.
pub fn opt_out(conn: &mut PgConnection, caller: &Caller, email: &str) -> Result<()> {
    let new = NewEntry {
        kind: Kind::Email,
        value: email.to_owned(),
        reason: "Asked for no more e-mails".to_owned(),
    };
    add(conn, caller, vec![new], Source::OptOut).map(drop)
}

/// Takes an entry off the list; the audit keeps the reason.
///
/// # Errors
/// [`Error::Forbidden`] for who is not at least a manager, [`Error::NotFound`];
/// [`Error::Invalid`] without a reason of at most 500 characters.
pub fn remove(conn: &mut PgConnection, caller: &Caller, id: Uuid, reason: &str) -> Result<Entry> {
    caller.require(Permission::RemoveDoNotContact)?;
    let reason = reason.trim();
    find(conn, caller, id)?;
    if let Some(problem) = wrong(reason) {
        return Err(Error::invalid("reason", problem));
    }
    conn.transaction(|conn| {
        let removed: Option<Entry> = diesel::delete(entries::table.find((caller.account.id, id)))
            .returning(Entry::as_returning())
            .get_result(conn)
            .optional()?;
        let removed = removed.ok_or(Error::NotFound(Noun::DoNotContactEntry))?;
        let mut change = noted(Event::DoNotContactRemoved, &removed);
        change.data["removed_because"] = json!(reason);
        audit::write(conn, caller, &[change])?;
        Ok(removed)
    })
}

fn write(
    conn: &mut PgConnection,
    caller: &Caller,
    new: &[NewEntry],
    source: Source,
) -> Result<Vec<Entry>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let author = match source {
        Source::OptOut => "the recipient",
        Source::Person | Source::Outcome | Source::Api => caller.name(),
    };
    let rows: Vec<Row<'_>> = new
        .iter()
        .zip(ids::several(caller.now, new.len()))
        .map(|(entry, id)| Row {
            account_id: caller.account.id,
            id,
            kind: entry.kind,
            value: entry.value.clone(),
            reason: &entry.reason,
            source,
            author,
            created_at: caller.now,
            look_at: caller.now,
        })
        .collect();
    conn.transaction(|conn| {
        let added: Vec<Entry> = diesel::insert_into(entries::table)
            .values(&rows)
            .on_conflict_do_nothing()
            .returning(Entry::as_returning())
            .get_results(conn)?;
        let changes = added.iter();
        let changes = changes.map(|entry| noted(Event::DoNotContactAdded, entry));
        audit::write(conn, caller, &changes.collect::<Vec<_>>())?;
        Ok(added)
    })
}

/// What the audit keeps; a lead's entry is found at the lead, so that its timeline tells it.
fn noted(event: Event, entry: &Entry) -> Change {
    let own = (Subject::DoNotContactEntry, entry.id);
    let (subject, subject_id) = entry.lead_id().map_or(own, |id| (Subject::Lead, id));
    Change {
        event,
        subject,
        subject_id,
        data: json!({
            "entry_id": entry.id,
            "kind": entry.kind,
            "value": entry.value,
            "reason": entry.reason,
            "source": entry.source,
        }),
    }
}

/// The entries as they are kept and compared.
fn checked(caller: &Caller, new: Vec<NewEntry>) -> Result<Vec<NewEntry>> {
    let mut errors = FieldErrors::default();
    let mut kept = Vec::with_capacity(new.len());
    for entry in new {
        let country = &caller.account.default_country;
        match value(entry.kind, &entry.value, country) {
            Ok(value) => kept.push(NewEntry {
                value,
                reason: entry.reason.trim().to_owned(),
                ..entry
            }),
            Err(problem) => errors.push(entry.kind.as_str(), problem),
        }
    }
    // One form has one reason, however many it puts on the list.
    if let Some(problem) = kept.iter().find_map(|entry| wrong(&entry.reason)) {
        errors.push("reason", problem);
    }
    errors.or(kept)
}

fn value(kind: Kind, typed: &str, country: &str) -> std::result::Result<String, Problem> {
    let said = |sentence: &'static str| Problem::Said(sentence.into());
    match kind {
        Kind::Lead => Uuid::try_parse(typed.trim())
            .map(|id| id.to_string())
            .map_err(|_| said("That is no lead’s id")),
        Kind::Phone => {
            phone::e164(typed, country).ok_or_else(|| said("That is not a possible phone number"))
        }
        Kind::Email => {
            let email = text::lower_email(typed);
            if text::is_email(&email) {
                Ok(email)
            } else {
                Err(Problem::NotAnEmail)
            }
        }
    }
}

fn wrong(reason: &str) -> Option<Problem> {
    match reason {
        "" => Some(Problem::Required),
        reason if text::has_nul(reason) => Some(Problem::Nul),
        reason if reason.chars().count() > REASON_CHARACTERS => {
            Some(Problem::TooLong(REASON_CHARACTERS))
        }
        _ => None,
    }
}
