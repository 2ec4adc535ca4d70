//! What people write on a lead.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::change::hold;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::db::schema::activities;
use crate::error::{FieldErrors, Problem, Result};
use crate::{ids, text};

/// The longest note, in characters.
const NOTE_CHARACTERS: usize = 10_000;

/// Writes a note on a lead; its id.
///
/// # Errors
/// [`crate::error::Error::Forbidden`], [`crate::error::Error::NotFound`]; [`crate::error::Error::Invalid`] when `body` is blank or longer
/// than 10,000 characters.
pub fn add_note(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
    body: &str,
) -> Result<Uuid> {
    caller.require(Permission::WriteLeads)?;
    let body = checked(body)?;
    let id = ids::new(caller.now);
    conn.transaction(|conn| {
        hold(conn, caller, lead_id)?;
        diesel::insert_into(activities::table)
            .values((
                activities::account_id.eq(caller.account.id),
                activities::id.eq(id),
                activities::lead_id.eq(lead_id),
                activities::kind.eq("note"),
                activities::author_id.eq(caller.person().map(|person| person.id)),
                activities::author.eq(caller.name()),
                activities::body.eq(body),
                activities::created_at.eq(caller.now),
            ))
            .execute(conn)?;
        let noted = Change {
            event: Event::LeadNoted,
            subject: Subject::Lead,
            subject_id: lead_id,
            data: json!({ "note_id": id }),
        };
        audit::write(conn, caller, &[noted])?;
        Ok(id)
    })
}

fn checked(body: &str) -> Result<&str> {
    let body = body.trim();
    let mut errors = FieldErrors::default();
    if body.is_empty() {
        errors.push("body", Problem::Required);
    }
    if text::has_nul(body) {
        errors.push("body", Problem::Nul);
    }
    if body.chars().count() > NOTE_CHARACTERS {
        errors.push("body", Problem::TooLong(NOTE_CHARACTERS));
    }
    errors.or(body)
}
