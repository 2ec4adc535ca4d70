//! What is known of a lead: what branches decide by and messages are filled in with.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::super::node_config::Fact;
use crate::leads::Lead;

/// The fields of a lead by their names, those of contract §3, and `name`; a field that is empty is
/// not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(BTreeMap<String, Value>);

impl Facts {
    /// Those of a lead. Its status, its last outcome and its owner stand elsewhere.
    pub fn of(lead: &Lead) -> Self {
        let mut facts = Self::default();
        facts.set("first_name", Some(lead.first_name.as_str()));
        facts.set("name", Some(lead.name()));
        facts.set("source", Some(lead.source.as_str()));
        for (name, value) in [
            ("last_name", &lead.last_name),
            ("email", &lead.email),
            ("phone", &lead.phone),
            ("company", &lead.company),
            ("title", &lead.title),
            ("external_id", &lead.external_id),
        ] {
            facts.set(name, value.as_deref());
        }
        for (name, id) in [
            ("campaign_id", lead.campaign_id),
            ("team_id", lead.team_id),
            ("lead_source_id", lead.lead_source_id),
        ] {
            facts.set(name, id.map(|id: Uuid| id.to_string()));
        }
        for (key, value) in lead.metadata_map() {
            facts.set_metadata(&key, value);
        }
        facts
    }

    /// Says what a field is, or that it is empty.
    pub fn set(&mut self, name: &str, value: Option<impl Into<String>>) {
        match value.map(Into::into).filter(|value| !value.is_empty()) {
            Some(value) => self.0.insert(name.to_owned(), Value::String(value)),
            None => self.0.remove(name),
        };
    }

    /// Says what one of the lead's own keys is.
    pub fn set_metadata(&mut self, key: &str, value: Value) {
        self.0.insert(format!("metadata.{key}"), value);
    }

    /// What a fact is.
    pub fn get(&self, fact: &Fact) -> Option<&Value> {
        match fact {
            Fact::Lead(field) => self.0.get(field.as_str()),
            Fact::Metadata(key) => self.0.get(&format!("metadata.{key}")),
            Fact::Status => self.0.get("status"),
            Fact::LastOutcome => self.0.get("last_outcome"),
        }
    }

    /// A fact as people read it.
    pub fn text(&self, fact: &Fact) -> Option<String> {
        self.get(fact).map(said)
    }

    /// Every field by its name, as people read it: what messages are filled in with.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.0
            .iter()
            .map(|(name, value)| (name.clone(), said(value)))
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
