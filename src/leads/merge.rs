//! Leads that come in a second time: what is new about them is added, and they may go elsewhere.

use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Timestamptz, Uuid as SqlUuid};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::differences::{differences, entries};
use super::give::hand_over_tasks;
use super::input::Placement;
use super::lead::Lead;
use super::metadata::{self, Metadata};
use super::{rules, tags};
use crate::audit;
use crate::caller::Caller;
use crate::error::{FieldErrors, Result};

/// What else is known of a lead that is there already; nothing where nothing was said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Added {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Phone in E.164.
    pub phone: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Its id in another system.
    pub external_id: Option<String>,
    /// A campaign of the account.
    pub campaign_id: Option<Uuid>,
    /// A person of the account.
    pub owner_id: Option<Uuid>,
    /// Tags, which join those it has.
    pub tags: Vec<String>,
    /// Its own keys, as the catalogue wants them: they come from a lead that was resolved.
    pub metadata: Metadata,
}

/// What wins where a lead says something already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// What it says stays, but for its own keys.
    Keys,
    /// What it says stays.
    Fill,
    /// What is added.
    Update,
}

/// A lead that is there already, before and after what was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    after: Lead,
    owner_was: Option<Uuid>,
    changes: Map<String, Value>,
}

impl Merge {
    /// From one state of a lead to another.
    fn of(before: &Lead, after: Lead) -> Self {
        Self {
            changes: differences(before, &after),
            owner_was: before.owner_id,
            after,
        }
    }

    /// The lead's id.
    pub fn lead_id(&self) -> Uuid {
        self.after.id
    }

    /// Whose lead it is now.
    pub fn owner_id(&self) -> Option<Uuid> {
        self.after.owner_id
    }

    /// Field by field what is not the same, as `{"from": …, "to": …}`; an own key's field reads
    /// `metadata.<key>`.
    pub fn changes(&self) -> &Map<String, Value> {
        &self.changes
    }

    /// The lead's revision once this is written.
    pub fn revision(&self) -> i32 {
        self.after.revision + 1
    }
}

/// A lead with what was added to it.
///
/// # Errors
/// [`crate::error::Error::Invalid`] when it would have too many keys or tags.
pub fn merge(before: &Lead, added: Added, how: How) -> Result<Merge> {
    fn pick<T: Clone>(added: Option<T>, before: &Option<T>, how: How) -> Option<T> {
        match how {
            How::Keys => before.clone(),
            How::Fill => before.clone().or(added),
            How::Update => added.or_else(|| before.clone()),
        }
    }
    let mut keys = before.metadata_map();
    for (key, value) in added.metadata {
        if how != How::Fill || keys.get(&key).is_none_or(|there| there == "") {
            keys.insert(key, value);
        }
    }
    let mut after = Lead {
        first_name: pick(added.first_name, &Some(before.first_name.clone()), how)
            .unwrap_or_default(),
        last_name: pick(added.last_name, &before.last_name, how),
        email: pick(added.email, &before.email, how),
        company: pick(added.company, &before.company, how),
        title: pick(added.title, &before.title, how),
        external_id: pick(added.external_id, &before.external_id, how),
        campaign_id: pick(added.campaign_id, &before.campaign_id, how),
        owner_id: pick(added.owner_id, &before.owner_id, how),
        metadata: Value::Object(keys),
        ..before.clone()
    };
    if how != How::Keys {
        let tags = before.tags.iter().cloned().chain(added.tags);
        after.tags = tags::cleaned(tags.collect());
        // The same number in another spelling is no news.
        if added.phone.is_some() && added.phone != before.phone_e164 {
            after.phone = pick(added.phone, &before.phone, how);
            if after.phone != before.phone {
                after.phone_e164 = after.phone.clone();
            }
        }
    }
    let mut errors = FieldErrors::default();
    tags::check(&after.tags, &mut errors);
    metadata::check(&after.metadata_map(), false, &mut errors);
    errors.or(Merge::of(before, after))
}

/// A lead with the fields of `changes` ([`Merge::changes`]) as they were before, but for those that
/// somebody has changed since. A campaign that is none of `campaigns` any more is none; numbers
/// without a plus are of `country`.
pub fn taken_back(
    now: &Lead,
    changes: &Map<String, Value>,
    campaigns: &HashSet<Uuid>,
    country: &str,
) -> Merge {
    let mut after = now.clone();
    let mut keys = now.metadata_map();
    let current = super::differences::fields(now);
    for (field, change) in changes {
        let (from, to) = (&change["from"], &change["to"]);
        if let Some(key) = field.strip_prefix("metadata.") {
            if keys.get(key).unwrap_or(&Value::Null) != to {
                continue;
            }
            match from {
                Value::Null => _ = keys.remove(key),
                from => _ = keys.insert(key.to_owned(), from.clone()),
            }
        } else if current[field] == *to {
            put_back(&mut after, field, from);
        }
    }
    after.metadata = Value::Object(keys);
    after.campaign_id = after
        .campaign_id
        .filter(|id| now.campaign_id == Some(*id) || campaigns.contains(id));
    if after.phone != now.phone {
        let phone = after.phone.as_deref();
        after.phone_e164 = phone.and_then(|phone| crate::phone::e164(phone, country));
    }
    Merge::of(now, after)
}

fn put_back(lead: &mut Lead, field: &str, from: &Value) {
    let text = || from.as_str().map(str::to_owned);
    let id = || from.as_str().and_then(|id| Uuid::try_parse(id).ok());
    match field {
        "first_name" => lead.first_name = text().unwrap_or_default(),
        "last_name" => lead.last_name = text(),
        "email" => lead.email = text(),
        "phone" => lead.phone = text(),
        "company" => lead.company = text(),
        "title" => lead.title = text(),
        "external_id" => lead.external_id = text(),
        "campaign_id" => lead.campaign_id = id(),
        "owner_id" => lead.owner_id = id(),
        "tags" => {
            let tags = from.as_array().into_iter().flatten();
            lead.tags = tags
                .filter_map(|tag| Some(tag.as_str()?.to_owned()))
                .collect();
        }
        _ => {}
    }
}

/// One statement, whatever the number of leads: they come as the rows of one document.
const PLACE: &str = "
    UPDATE leads l
    SET first_name = n.first_name, last_name = n.last_name, email = n.email, phone = n.phone,
        phone_e164 = n.phone_e164, company = n.company, title = n.title,
        external_id = n.external_id, campaign_id = n.campaign_id, owner_id = n.owner_id,
        tags = n.tags, metadata = n.metadata, search_text = n.search_text,
        sort_name = n.sort_name,
        workflow_id = coalesce(n.workflow_id, l.workflow_id),
        status_key = CASE WHEN n.workflow_id IS NULL THEN l.status_key ELSE n.status_key END,
        next_action_at = CASE WHEN n.workflow_id IS NULL THEN l.next_action_at
                              ELSE n.next_action_at END,
        revision = l.revision + 1, updated_at = $3
    FROM jsonb_to_recordset($2) AS n (
        id uuid, first_name text, last_name text, email text, phone text, phone_e164 text,
        company text, title text, external_id text, campaign_id uuid, owner_id uuid,
        tags text[], metadata jsonb, search_text text, sort_name text, workflow_id uuid,
        status_key text, next_action_at timestamptz)
    WHERE l.account_id = $1 AND l.id = n.id";

/// Writes merged leads, each at its new place if it has one, with what the audit keeps of the
/// change, inside the caller's transaction, which holds them; three statements for any number of
/// them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn place(
    conn: &mut PgConnection,
    caller: &Caller,
    merges: &[(Merge, Option<Placement>)],
) -> Result<()> {
    if merges.is_empty() {
        return Ok(());
    }
    let rows: Vec<Value> = merges
        .iter()
        .map(|(merge, to)| row(&merge.after, to))
        .collect();
    diesel::sql_query(PLACE)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Jsonb, _>(Value::Array(rows))
        .bind::<Timestamptz, _>(caller.now)
        .execute(conn)?;
    let handed_over: Vec<Uuid> = merges
        .iter()
        .filter(|(merge, _)| merge.owner_was != merge.after.owner_id)
        .map(|(merge, _)| merge.after.id)
        .collect();
    if !handed_over.is_empty() {
        hand_over_tasks(conn, caller, &handed_over)?;
    }
    let changes: Vec<audit::Change> = merges
        .iter()
        .flat_map(|(merge, _)| entries(merge.after.id, merge.changes.clone()))
        .collect();
    audit::write(conn, caller, &changes)
}

fn row(lead: &Lead, to: &Option<Placement>) -> Value {
    let last_name = lead.last_name.as_deref();
    let words = [
        Some(lead.first_name.as_str()),
        last_name,
        lead.email.as_deref(),
        lead.company.as_deref(),
        lead.phone.as_deref(),
    ];
    json!({
        "id": lead.id, "first_name": lead.first_name, "last_name": last_name,
        "email": lead.email, "phone": lead.phone, "phone_e164": lead.phone_e164,
        "company": lead.company, "title": lead.title, "external_id": lead.external_id,
        "campaign_id": lead.campaign_id, "owner_id": lead.owner_id, "tags": lead.tags,
        "metadata": lead.metadata,
        "search_text": rules::search_text(words, lead.phone_e164.as_deref()),
        "sort_name": rules::sort_name(&lead.first_name, last_name),
        "workflow_id": to.as_ref().map(|to| to.workflow_id),
        "status_key": to.as_ref().map(|to| &to.status_key),
        "next_action_at": to.as_ref().and_then(|to| to.next_action_at),
    })
}
