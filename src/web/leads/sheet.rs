//! What stands in a lead's form, field by field, and the changes it makes.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::Form;
use super::assignment::NOBODY;
use super::labels::LABELS;
use super::rows::said;
use crate::error::{FieldErrors, Problem, Result};
use crate::leads::{Lead, LeadChanges, Metadata, NewLead, OwnerRef};
use crate::patch::Patch;

/// The text of each field, empty where nothing stands, and the lead's own keys. A field that the
/// form did not send is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Fields by name; people, teams and the like by id.
    pub fields: BTreeMap<&'static str, String>,
    /// The lead's own keys.
    pub metadata: Metadata,
}

impl Sheet {
    /// A lead's.
    pub fn of(lead: &Lead) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            fields: BTreeMap::from([
                ("first_name", lead.first_name.clone()),
                ("last_name", text(&lead.last_name)),
                ("company", text(&lead.company)),
                ("title", text(&lead.title)),
                ("phone", text(&lead.phone)),
                ("email", text(&lead.email)),
                ("owner", id(lead.owner_id)),
                ("team_id", id(lead.team_id)),
                ("campaign_id", id(lead.campaign_id)),
                ("source", lead.source.clone()),
                ("lead_source_id", id(lead.lead_source_id)),
                ("external_id", text(&lead.external_id)),
                ("tags", lead.tags.join(", ")),
            ]),
            metadata: lead.metadata_map(),
        }
    }

    /// A posted form's, with the keys that its rows say.
    pub fn typed(form: &Form, metadata: Metadata) -> Self {
        let names = LABELS.iter().map(|(name, _)| *name);
        Self {
            fields: names
                .filter(|name| form.has(name))
                .map(|name| (name, form.get(name).to_owned()))
                .collect(),
            metadata,
        }
    }

    /// A new lead.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] for an id that is none.
    pub fn new_lead(&self) -> Result<NewLead> {
        let mut errors = FieldErrors::default();
        let text = |name: &str| self.fields.get(name).cloned();
        let mut id = |name: &'static str| self.id(name, &mut errors);
        let new = NewLead {
            first_name: text("first_name").unwrap_or_default(),
            last_name: text("last_name"),
            email: text("email"),
            phone: text("phone"),
            company: text("company"),
            title: text("title"),
            source: text("source").unwrap_or_default(),
            external_id: text("external_id"),
            campaign_id: id("campaign_id"),
            owner: match text("owner").as_deref() {
                Some(NOBODY) => Some(OwnerRef::Nobody),
                _ => id("owner").map(OwnerRef::Id),
            },
            team_id: id("team_id"),
            lead_source_id: id("lead_source_id"),
            tags: text("tags").as_deref().map(tags).unwrap_or_default(),
            metadata: self.metadata.clone(),
            ..NewLead::default()
        };
        errors.or(new)
    }

    /// The workflow a new lead goes into.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] for an id that is none.
    pub fn workflow_id(&self) -> Result<Option<Uuid>> {
        let mut errors = FieldErrors::default();
        let id = self.id("workflow_id", &mut errors);
        errors.or(id)
    }

    fn id(&self, name: &'static str, errors: &mut FieldErrors) -> Option<Uuid> {
        let word = self.fields.get(name).map_or("", |word| word.trim());
        if word.is_empty() {
            return None;
        }
        let id = Uuid::try_parse(word).ok();
        if id.is_none() {
            errors.push(name, Problem::NotOfAccount);
        }
        id
    }

    /// What makes a lead that is like `now` into this. A field that says the same is kept, so
    /// that what is there already, as a person who has left, need not be chosen again.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`] for an id that is none.
    pub fn changes(&self, now: &Self) -> Result<LeadChanges> {
        let mut errors = FieldErrors::default();
        let text = |name: &'static str| self.changed(now, name);
        let required = |name| match self.changed(now, name) {
            Patch::Keep => None,
            Patch::Clear => Some(String::new()),
            Patch::Set(value) => Some(value),
        };
        let mut id = |name: &'static str| match self.changed(now, name) {
            Patch::Keep => Patch::Keep,
            _ => self.id(name, &mut errors).map_or(Patch::Clear, Patch::Set),
        };
        let owner = match id("owner") {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(id) => Patch::Set(OwnerRef::Id(id)),
        };
        let changes = LeadChanges {
            first_name: required("first_name"),
            last_name: text("last_name"),
            email: text("email"),
            phone: text("phone"),
            company: text("company"),
            title: text("title"),
            source: required("source"),
            external_id: text("external_id"),
            campaign_id: id("campaign_id"),
            owner,
            team_id: id("team_id"),
            lead_source_id: id("lead_source_id"),
            tags: match self.changed(now, "tags") {
                Patch::Keep => None,
                Patch::Clear => Some(Vec::new()),
                Patch::Set(typed) => Some(tags(&typed)),
            },
            metadata: self.keys_changed(now),
            ..LeadChanges::default()
        };
        errors.or(changes)
    }

    fn changed(&self, now: &Self, name: &'static str) -> Patch<String> {
        let Some(typed) = self.fields.get(name) else {
            return Patch::Keep;
        };
        let before = now.fields.get(name).map_or("", String::as_str);
        if line(typed) == line(before) {
            Patch::Keep
        } else if typed.trim().is_empty() {
            Patch::Clear
        } else {
            Patch::Set(typed.clone())
        }
    }

    fn keys_changed(&self, now: &Self) -> Metadata {
        let mut changes = Metadata::new();
        for key in now.metadata.keys() {
            if !self.metadata.contains_key(key) {
                changes.insert(key.clone(), Value::Null);
            }
        }
        for (key, value) in &self.metadata {
            let before = now.metadata.get(key).map(lines);
            if before.as_ref() != Some(&lines(value)) {
                changes.insert(key.clone(), value.clone());
            }
        }
        changes
    }

    /// The text of a field or key as people read it; ids stay ids.
    pub fn text(&self, name: &str) -> String {
        match name.strip_prefix("metadata.") {
            Some(key) => self.metadata.get(key).map(said).unwrap_or_default(),
            None => self.fields.get(name).cloned().unwrap_or_default(),
        }
    }

    /// Takes a field or key over from another, or loses it where the other has none.
    pub fn take(&mut self, name: &str, other: &Self) {
        if let Some(key) = name.strip_prefix("metadata.") {
            match other.metadata.get(key) {
                Some(value) => _ = self.metadata.insert(key.to_owned(), value.clone()),
                None => _ = self.metadata.remove(key),
            }
        } else if let Some((name, text)) = other.fields.get_key_value(name) {
            self.fields.insert(name, text.clone());
        }
    }
}

/// The tags of a field, divided by commas.
fn tags(typed: &str) -> Vec<String> {
    typed.split(',').map(str::to_owned).collect()
}

/// A text as a field of one line gives it back.
pub fn line(text: &str) -> String {
    text.replace(['\r', '\n'], "").trim().to_owned()
}

/// A value with the line ends that a form gives back.
pub fn lines(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("\r\n", "\n")),
        other => other.clone(),
    }
}

/// A form's fields and keys, for tests.
#[cfg(test)]
pub fn sample(fields: &[(&'static str, &str)], metadata: Value) -> Sheet {
    let fields = fields
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()));
    Sheet {
        fields: fields.collect(),
        metadata: metadata.as_object().cloned().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sample as sheet;
    use super::*;

    #[test]
    fn only_what_was_changed_is_sent_on() {
        let now = sheet(
            &[
                ("first_name", "Ana"),
                ("phone", " +56 9\n"),
                ("company", "A"),
                ("owner", "left"),
            ],
            json!({"a": 1, "b": "x\r\ny", "c": true}),
        );
        let mine = sheet(
            &[
                ("first_name", "Ana "),
                ("phone", "+56 9"),
                ("company", " "),
                ("owner", "left"),
            ],
            json!({"a": 2, "b": "x\ny"}),
        );
        let changes = mine.changes(&now).unwrap();
        let expected = LeadChanges {
            company: Patch::Clear,
            metadata: json!({"a": 2, "c": null}).as_object().cloned().unwrap(),
            ..LeadChanges::default()
        };
        assert_eq!(changes, expected);
    }

    #[test]
    fn a_first_name_that_was_emptied_is_told_to_the_room() {
        let now = sheet(&[("first_name", "Ana")], json!({}));
        let mine = sheet(&[("first_name", "")], json!({}));
        assert_eq!(mine.changes(&now).unwrap().first_name.as_deref(), Some(""));
    }

    #[test]
    fn an_id_that_is_none_is_an_error_of_its_field() {
        let now = sheet(&[("campaign_id", "")], json!({}));
        let mine = sheet(&[("campaign_id", "autumn")], json!({}));
        assert!(mine.changes(&now).is_err());
        assert!(mine.new_lead().is_err());
    }
}
