//! What a change to a lead has changed, as the audit keeps it.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::lead::Lead;
use crate::audit::{Change, Event, Subject};

/// Field by field what is not the same, as `{"from": …, "to": …}`.
pub(super) fn differences(before: &Lead, after: &Lead) -> Map<String, Value> {
    let mut changes = Map::new();
    let (old, new) = (fields(before), fields(after));
    for (field, to) in new.as_object().into_iter().flatten() {
        if old[field] != *to {
            changes.insert(field.clone(), json!({"from": old[field], "to": to}));
        }
    }
    let (old, new) = (before.metadata_map(), after.metadata_map());
    for key in old
        .keys()
        .chain(new.keys().filter(|key| !old.contains_key(*key)))
    {
        if old.get(key) != new.get(key) {
            let change = json!({"from": old.get(key), "to": new.get(key)});
            changes.insert(format!("metadata.{key}"), change);
        }
    }
    changes
}

/// The fields that people set, but for its own keys.
pub(super) fn fields(lead: &Lead) -> Value {
    json!({
        "first_name": lead.first_name, "last_name": lead.last_name, "email": lead.email,
        "phone": lead.phone, "company": lead.company, "title": lead.title,
        "source": lead.source, "external_id": lead.external_id,
        "campaign_id": lead.campaign_id, "owner_id": lead.owner_id, "team_id": lead.team_id,
        "lead_source_id": lead.lead_source_id, "tags": lead.tags,
        "created_by_id": lead.created_by_id, "last_contacted_at": lead.last_contacted_at,
    })
}

/// The audit entries of an update: a new owner is told apart from the other changes.
pub(super) fn entries(id: Uuid, mut changes: Map<String, Value>) -> Vec<Change> {
    let owner = changes.remove("owner_id");
    let entry = |event, data| Change {
        event,
        subject: Subject::Lead,
        subject_id: id,
        data,
    };
    let mut entries = Vec::with_capacity(2);
    if !changes.is_empty() {
        entries.push(entry(Event::LeadUpdated, json!({"changes": changes})));
    }
    if let Some(owner) = owner {
        entries.push(entry(
            Event::LeadAssigned,
            json!({"changes": {"owner_id": owner}}),
        ));
    }
    entries
}
