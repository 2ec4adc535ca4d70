//! What is said of a lead in a body.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::api::fields::Fields;
use crate::enrolment::Intake;
use crate::error::Result;
use crate::leads::{LeadChanges, NewLead, OwnerRef};
use crate::patch::Patch;

/// Where leads come from that do not say it.
const SOURCE: &str = "api";

/// A new lead. Keys that mean nothing here become metadata; what stands in `metadata` itself
/// goes before them (contract §2). A new lead has nothing to clear, so `null` reads as absent.
///
/// # Errors
/// [`crate::error::Error::Invalid`] when a field is of another type.
pub fn intake(mut fields: Fields) -> Result<Intake> {
    fields.drop_nulls();
    let lead = NewLead {
        first_name: given(fields.text("first_name")).unwrap_or_default(),
        last_name: given(fields.text("last_name")),
        email: given(fields.text("email")),
        phone: given(fields.text("phone")),
        company: given(fields.text("company")),
        title: given(fields.text("title")),
        source: given(fields.text("source"))
            .filter(|source| !source.trim().is_empty())
            .unwrap_or_else(|| SOURCE.to_owned()),
        external_id: given(fields.text("external_id")),
        campaign_id: given(fields.uuid("campaign_id")),
        owner: given(owner(fields.text("owner"))),
        team_id: given(fields.uuid("team_id")),
        lead_source_id: given(fields.uuid("lead_source_id")),
        tags: fields.texts("tags"),
        ..NewLead::default()
    };
    let intake = Intake {
        workflow_id: given(fields.uuid("workflow_id")),
        first_message: given(fields.text("force_first_message")),
        lead,
        ..Intake::default()
    };
    let explicit = fields.object("metadata");
    let mut metadata = fields.rest();
    metadata.extend(explicit);
    metadata.retain(|_, value| !value.is_null());
    let intake = fields.done(intake)?;
    Ok(Intake {
        lead: NewLead {
            metadata,
            ..intake.lead
        },
        ..intake
    })
}

/// Changes to a lead; a key that means nothing is refused (contract §2).
///
/// # Errors
/// [`crate::error::Error::Invalid`].
pub fn changes(mut fields: Fields) -> Result<LeadChanges> {
    let changes = LeadChanges {
        first_name: fields.required_text("first_name"),
        last_name: fields.text("last_name"),
        email: fields.text("email"),
        phone: fields.text("phone"),
        company: fields.text("company"),
        title: fields.text("title"),
        source: fields.required_text("source"),
        external_id: fields.text("external_id"),
        campaign_id: fields.uuid("campaign_id"),
        owner: owner(fields.text("owner")),
        team_id: fields.uuid("team_id"),
        lead_source_id: fields.uuid("lead_source_id"),
        // A call of their own sets them (contract §6).
        tags: None,
        metadata: fields.object("metadata"),
        ..LeadChanges::default()
    };
    fields.done(changes)
}

/// A field that is set, for a thing that has nothing yet to keep or to clear.
fn given<T>(patch: Patch<T>) -> Option<T> {
    match patch {
        Patch::Set(value) => Some(value),
        Patch::Keep | Patch::Clear => None,
    }
}

/// A person by id, or by e-mail; blank is nobody.
fn owner(text: Patch<String>) -> Patch<OwnerRef> {
    match text {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(text) if text.trim().is_empty() => Patch::Clear,
        Patch::Set(text) => Patch::Set(match Uuid::try_parse(text.trim()) {
            Ok(id) => OwnerRef::Id(id),
            Err(_) => OwnerRef::Email(text),
        }),
    }
}

/// A whole body: one lead, or several.
pub enum Given {
    /// One object.
    One(Map<String, Value>),
    /// An array.
    Many(Vec<Value>),
    /// Anything else.
    Neither,
}

impl From<Value> for Given {
    fn from(value: Value) -> Self {
        match value {
            Value::Object(object) => Self::One(object),
            Value::Array(values) => Self::Many(values),
            _ => Self::Neither,
        }
    }
}
