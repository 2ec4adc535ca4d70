//! How a run stood before a report, so that the report can be undone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::engine::Live;
use crate::error::{Error, Result};

/// How a run and its lead stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The lead's status.
    pub status_key: String,
    /// What came of the step before.
    pub last_outcome: Option<String>,
    /// When the lead was last reached.
    pub last_contacted_at: Option<DateTime<Utc>>,
    /// What replaced the text of the first outreach.
    pub first_message: Option<String>,
}

impl Before {
    /// Of a run as it stands.
    pub fn of(live: &Live) -> Self {
        Self {
            status_key: live.run.status_key.clone(),
            last_outcome: live.run.last_outcome.clone(),
            last_contacted_at: live.lead.last_contacted_at,
            first_message: live.run.first_message.clone(),
        }
    }

    /// As it is kept with the try.
    pub fn kept(&self) -> Result<Value> {
        serde_json::to_value(self).map_err(Error::internal)
    }

    /// As it was kept.
    pub fn read(kept: Value) -> Result<Self> {
        serde_json::from_value(kept).map_err(Error::internal)
    }
}
