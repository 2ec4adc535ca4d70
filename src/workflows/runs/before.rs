//! How a run stood before a report, so that the report can be undone, and what followed, so that
//! the same report is answered the same.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::super::engine::{Live, Then, Turn};
use super::super::words::RunStatus;
use super::report::Upcoming;
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
    /// What followed; nothing where that was not kept yet.
    #[serde(default)]
    pub followed: Option<Followed>,
}

/// How a run stood after a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// How it stood.
    pub status: RunStatus,
    /// The node it was at.
    pub node_id: Option<Uuid>,
    /// What came next.
    pub next: Option<Upcoming>,
}

impl Followed {
    /// What follows from a turn that leaves a step.
    pub fn of(turn: &Turn<'_>) -> Self {
        let at = turn.live.step.as_ref().map(|step| step.node_id);
        let (next, end) = match &turn.then {
            Then::Leave(leave) => (leave.landing(), leave.end()),
            Then::Stay(_) | Then::Pause { .. } => (None, None),
        };
        let end = end.and_then(|end| Some(end.node.as_ref()?.id));
        Self {
            status: turn.run_status(),
            node_id: next.map(|landing| landing.node.id).or(end).or(at),
            next: next.map(|landing| Upcoming {
                node_id: landing.node.id,
                label: landing.node.label.clone(),
                due_at: turn.next_action_at(),
            }),
        }
    }
}

impl Before {
    /// Of a run as it stands.
    pub fn of(live: &Live) -> Self {
        Self {
            status_key: live.run.status_key.clone(),
            last_outcome: live.run.last_outcome.clone(),
            last_contacted_at: live.lead.last_contacted_at,
            first_message: live.run.first_message.clone(),
            followed: None,
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
