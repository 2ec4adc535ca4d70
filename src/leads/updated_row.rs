//! A lead's row after a change of its fields.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::lead::Lead;
use super::rules;
use crate::caller::Caller;
use crate::db::schema::leads;

#[derive(AsChangeset)]
#[diesel(table_name = leads, treat_none_as_null = true)]
pub(super) struct Row<'a> {
    first_name: &'a str,
    last_name: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    phone_e164: Option<&'a str>,
    company: Option<&'a str>,
    title: Option<&'a str>,
    source: &'a str,
    external_id: Option<&'a str>,
    campaign_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    lead_source_id: Option<Uuid>,
    tags: &'a [String],
    metadata: &'a Value,
    search_text: String,
    sort_name: String,
    created_by_id: Option<Uuid>,
    last_contacted_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
    revision: i32,
    updated_at: DateTime<Utc>,
}

/// What is written of a lead as it is after a change.
pub(super) fn row<'a>(after: &'a Lead, caller: &Caller) -> Row<'a> {
    let last_name = after.last_name.as_deref();
    let (email, phone) = (after.email.as_deref(), after.phone.as_deref());
    let words = [
        Some(after.first_name.as_str()),
        last_name,
        email,
        after.company.as_deref(),
        phone,
    ];
    Row {
        first_name: &after.first_name,
        last_name,
        email,
        phone,
        phone_e164: after.phone_e164.as_deref(),
        company: after.company.as_deref(),
        title: after.title.as_deref(),
        source: &after.source,
        external_id: after.external_id.as_deref(),
        campaign_id: after.campaign_id,
        owner_id: after.owner_id,
        team_id: after.team_id,
        lead_source_id: after.lead_source_id,
        tags: &after.tags,
        metadata: &after.metadata,
        search_text: rules::search_text(words, after.phone_e164.as_deref()),
        sort_name: rules::sort_name(&after.first_name, last_name),
        created_by_id: after.created_by_id,
        last_contacted_at: after.last_contacted_at,
        archived_at: after.archived_at,
        revision: after.revision,
        updated_at: caller.now,
    }
}
