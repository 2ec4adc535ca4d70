//! What an audit entry says has changed, with names in place of ids.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::labels::label;
use super::rows::said;
use crate::audit::Entry;

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub what: String,
    /// What stood there; empty when nothing did.
    pub from: String,
    /// What stands there; empty when nothing does.
    pub to: String,
}

/// Fields whose value is the id of something with a name.
pub const IDS: [&str; 5] = [
    "owner_id",
    "campaign_id",
    "team_id",
    "lead_source_id",
    "created_by_id",
];

/// Field by field what an entry says has changed.
pub fn differences(entry: &Entry, names: &HashMap<Uuid, String>) -> Vec<Difference> {
    let changes = entry.data["changes"].as_object();
    changes
        .into_iter()
        .flatten()
        .map(|(field, change)| Difference {
            what: called(field),
            from: value(field, &change["from"], names),
            to: value(field, &change["to"], names),
        })
        .collect()
}

/// A field inside a sentence: "the phone", a key by its own name.
fn called(field: &str) -> String {
    let name = match field {
        "owner_id" => "owner",
        "created_by_id" => "creator",
        "last_contacted_at" => "last contact",
        field => field,
    };
    match field.strip_prefix("metadata.") {
        Some(key) => key.to_owned(),
        None if name == "email" => "the e-mail".to_owned(),
        // What is no field of the form has no name but the one it is kept under.
        None => format!("the {}", label(name).to_lowercase().replace('_', " ")),
    }
}

fn value(field: &str, value: &Value, names: &HashMap<Uuid, String>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(id) if IDS.contains(&field) => {
            let name = Uuid::try_parse(id)
                .ok()
                .and_then(|id| names.get(&id).cloned());
            name.unwrap_or_else(|| "one that is gone".to_owned())
        }
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(", "),
        value => said(value),
    }
}
