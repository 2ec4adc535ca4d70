//! Writing new leads, however many at once.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::input::Resolved;
use super::rules;
use crate::caller::{Account, Caller};
use crate::db::schema::leads;
use crate::db::write_rows;
use crate::error::Result;
use crate::phone;

/// Writes resolved leads, any number in one statement, inside the caller's transaction.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn insert(conn: &mut PgConnection, caller: &Caller, resolved: &[&Resolved]) -> Result<()> {
    let rows: Vec<Row<'_>> = resolved
        .iter()
        .map(|lead| Row::of(lead, &caller.account, caller.now))
        .collect();
    write_rows!(conn, leads::table, &rows)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = leads, treat_none_as_default_value = false)]
struct Row<'a> {
    account_id: Uuid,
    id: Uuid,
    first_name: &'a str,
    last_name: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    phone_e164: Option<String>,
    company: Option<&'a str>,
    title: Option<&'a str>,
    source: &'a str,
    external_id: Option<&'a str>,
    campaign_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    lead_source_id: Option<Uuid>,
    workflow_id: Option<Uuid>,
    status_key: Option<&'a str>,
    tags: &'a [String],
    metadata: Value,
    search_text: String,
    sort_name: String,
    next_action_at: Option<DateTime<Utc>>,
    revision: i32,
    created_by_id: Option<Uuid>,
    last_contacted_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl<'a> Row<'a> {
    fn of(resolved: &'a Resolved, account: &Account, now: DateTime<Utc>) -> Self {
        let Resolved {
            id,
            lead,
            owner_id,
            created_by_id,
            placement,
        } = resolved;
        let last_name = lead.last_name.as_deref();
        let phone = lead.phone.as_deref();
        let phone_e164 = phone.and_then(|phone| phone::e164(phone, &account.default_country));
        let (email, company) = (lead.email.as_deref(), lead.company.as_deref());
        let words = [
            Some(lead.first_name.as_str()),
            last_name,
            email,
            company,
            phone,
        ];
        Self {
            account_id: account.id,
            id: *id,
            first_name: &lead.first_name,
            last_name,
            email,
            phone,
            company,
            title: lead.title.as_deref(),
            source: &lead.source,
            external_id: lead.external_id.as_deref(),
            campaign_id: lead.campaign_id,
            owner_id: *owner_id,
            team_id: lead.team_id,
            lead_source_id: lead.lead_source_id,
            workflow_id: placement.as_ref().map(|placement| placement.workflow_id),
            status_key: placement
                .as_ref()
                .map(|placement| placement.status_key.as_str()),
            tags: &lead.tags,
            metadata: Value::Object(lead.metadata.clone()),
            search_text: rules::search_text(words, phone_e164.as_deref()),
            sort_name: rules::sort_name(&lead.first_name, last_name),
            phone_e164,
            next_action_at: placement
                .as_ref()
                .and_then(|placement| placement.next_action_at),
            revision: 1,
            created_by_id: *created_by_id,
            last_contacted_at: lead.last_contacted_at,
            archived_at: lead.archived.then_some(now),
            created_at: now,
            updated_at: now,
        }
    }
}
