//! An audit entry on the wire.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::audit::{Entry, Event};

/// An entry as contract §5 has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryJson {
    id: i64,
    event: Event,
    user: String,
    api_key: Option<String>,
    data: Value,
    created: DateTime<Utc>,
    request_method: Option<String>,
    request_path: Option<String>,
    request_headers: Value,
    request_ip_address: Option<String>,
    #[serde(rename = "account_id")]
    account_id: String,
}

impl EntryJson {
    /// An entry of this account, as the caller knows it.
    pub fn of(entry: Entry, account_id: impl Display) -> Self {
        Self {
            id: entry.number,
            event: entry.event,
            user: entry.actor,
            api_key: entry.api_key,
            data: entry.data,
            created: entry.created_at,
            request_method: entry.request_method,
            request_path: entry.request_path,
            request_headers: entry.request_headers.unwrap_or_else(|| json!({})),
            request_ip_address: entry.request_ip,
            account_id: account_id.to_string(),
        }
    }
}
