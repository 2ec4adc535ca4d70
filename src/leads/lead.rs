//! A lead's own fields.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::metadata::Metadata;
use crate::db::schema::leads;

/// The lead's own fields.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = leads)]
pub struct Lead {
    /// Its id.
    pub id: Uuid,
    /// The number people call it by.
    pub number: i64,
    /// First name; never blank.
    pub first_name: String,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail as given.
    pub email: Option<String>,
    /// Phone as given.
    pub phone: Option<String>,
    /// Phone in E.164, when it is a possible number.
    pub phone_e164: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Where it came from, in words.
    pub source: String,
    /// Its id in another system.
    pub external_id: Option<String>,
    /// Its campaign.
    pub campaign_id: Option<Uuid>,
    /// Its owner.
    pub owner_id: Option<Uuid>,
    /// Its team.
    pub team_id: Option<Uuid>,
    /// Its lead source.
    pub lead_source_id: Option<Uuid>,
    /// The workflow of its newest run.
    pub workflow_id: Option<Uuid>,
    /// Its status there.
    pub status_key: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its own keys.
    pub metadata: Value,
    /// When somebody last reached out.
    pub last_contacted_at: Option<DateTime<Utc>>,
    /// When something is due.
    pub next_action_at: Option<DateTime<Utc>>,
    /// When it was put away.
    pub archived_at: Option<DateTime<Utc>>,
    /// Counts its changes; tells an edit that it is out of date.
    pub revision: i32,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The person who made it, or whose key did.
    pub created_by_id: Option<Uuid>,
}

impl Lead {
    /// First and last name.
    pub fn name(&self) -> String {
        full_name(&self.first_name, self.last_name.as_deref())
    }

    /// Its own keys as a map; the database holds nothing else.
    pub fn metadata_map(&self) -> Metadata {
        self.metadata.as_object().cloned().unwrap_or_default()
    }
}

/// First and last name, as far as there is one.
pub(super) fn full_name(first_name: &str, last_name: Option<&str>) -> String {
    match last_name {
        Some(last_name) => format!("{first_name} {last_name}"),
        None => first_name.to_owned(),
    }
}
