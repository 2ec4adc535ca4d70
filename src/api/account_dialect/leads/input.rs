//! What is said of a lead in a body.

use serde_json::{Map, Value};

use super::fields::OWN;
use crate::api::account_dialect::named::{self, MUST_BE};
use crate::api::fields::Fields;
use crate::api::query::{WHEN, rfc3339};
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::Result;
use crate::leads::{LeadChanges, NewLead, OwnerRef};
use crate::patch::Patch;

/// What the system alone says.
const NOT_TAKEN: [&str; 6] = [
    "id",
    "accountId",
    "applicationId",
    "createdAt",
    "updatedAt",
    "auditLog",
];
/// Where leads come from that do not say it.
const SOURCE: &str = "api";

/// A new lead. It has nothing to clear, so `null` reads as absent.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::Invalid`].
pub fn new_lead(conn: &mut PgConnection, caller: &Caller, mut fields: Fields) -> Result<NewLead> {
    fields.drop_nulls();
    let said = read(conn, caller, fields, true)?;
    let source = said.source.filter(|source| !source.trim().is_empty());
    let mut metadata = said.metadata;
    metadata.retain(|_, value| !value.is_null());
    Ok(NewLead {
        first_name: said.first_name.unwrap_or_default(),
        last_name: said.last_name.given().cloned(),
        email: said.email.given().cloned(),
        phone: said.phone.given().cloned(),
        company: said.company.given().cloned(),
        title: said.title.given().cloned(),
        source: source.unwrap_or_else(|| SOURCE.to_owned()),
        owner: said.owner.given().cloned(),
        team_id: said.team_id.given().copied(),
        lead_source_id: said.lead_source_id.given().copied(),
        metadata,
        created_by: said.created_by.given().cloned(),
        last_contacted_at: said.last_contacted_at.given().copied(),
        archived: said.archived.unwrap_or_default(),
        ..NewLead::default()
    })
}

/// Changes to a lead: what is absent stays, `null` clears.
///
/// # Errors
/// As [`new_lead`].
pub fn changes(conn: &mut PgConnection, caller: &Caller, fields: Fields) -> Result<LeadChanges> {
    read(conn, caller, fields, false)
}

/// Reads a body; of a new lead the names must be given.
fn read(
    conn: &mut PgConnection,
    caller: &Caller,
    mut fields: Fields,
    is_new: bool,
) -> Result<LeadChanges> {
    for name in NOT_TAKEN {
        fields.refuse(name, format!("{name} is not accepted on input"));
    }
    let mut name = |field: &'static str| {
        let name = fields.filled_text(field);
        match is_new {
            true => fields.required(field, name),
            false => name,
        }
    };
    let (first_name, last_name) = (name("firstName"), name("lastName"));
    let team = fields.patch("teamId", MUST_BE, named::id);
    let source = fields.patch("leadSourceId", MUST_BE, named::id);
    let changes = LeadChanges {
        first_name,
        last_name: last_name.map_or(Patch::Keep, Patch::Set),
        email: fields.text("email"),
        phone: fields.text("phone"),
        company: fields.text("company"),
        title: fields.text("jobTitle"),
        source: fields.required_text("source"),
        owner: person(fields.text("assignedTo")),
        metadata: own_fields(&mut fields),
        created_by: person(fields.text("createdBy")),
        last_contacted_at: fields.patch("lastContacted", WHEN, |value| rfc3339(value.as_str()?)),
        archived: fields.flag("archived"),
        ..LeadChanges::default()
    };
    let (changes, right) = (fields.done(changes)?, Permission::WriteLeads);
    Ok(LeadChanges {
        team_id: named::team(conn, caller, right, team)?,
        lead_source_id: named::source(conn, caller, right, source)?,
        ..changes
    })
}

/// The fields that live in metadata, `null` where one is to go.
fn own_fields(fields: &mut Fields) -> Map<String, Value> {
    let mut metadata = Map::new();
    for own in OWN {
        let read = |value: &Value| own.kind.is(value).then(|| value.clone());
        match fields.patch(own.name, own.kind.must_be(), read) {
            Patch::Keep => {}
            Patch::Clear => _ = metadata.insert(own.key.to_owned(), Value::Null),
            Patch::Set(value) => _ = metadata.insert(own.key.to_owned(), value),
        }
    }
    metadata
}

/// A person by e-mail; blank is nobody.
fn person(email: Patch<String>) -> Patch<OwnerRef> {
    match email {
        Patch::Keep => Patch::Keep,
        Patch::Set(email) if !email.trim().is_empty() => Patch::Set(OwnerRef::Email(email)),
        Patch::Clear | Patch::Set(_) => Patch::Clear,
    }
}
