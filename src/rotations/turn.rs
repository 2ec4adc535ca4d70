//! A turn: who gets a lead, why, and who would have come before.

use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::rotation::Strategy;
use super::wheel::Why;
use crate::audit::{Change, Event, Subject};

/// Who gets a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The rotation it is of.
    pub rotation: Arc<Named>,
    /// Who gets the lead; nobody when none of the members could and there is no fallback.
    pub owner: Option<Given>,
    /// Why they do.
    pub because: Because,
    /// Members who would have come before.
    pub passed_over: Vec<Passed>,
}

/// A rotation as a turn names it.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// Somebody who gets a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Their id.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
}

/// Why somebody gets a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It was their turn.
    Turn,
    /// They had the fewest open leads.
    FewestOpen,
    /// They had the same person as a lead before.
    PreviousOwner,
    /// None of the members could be given it, and they are there for that.
    Fallback,
    /// None could, and nobody is there for that.
    Nobody,
}

/// A member who would have come before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Their id.
    pub user_id: Uuid,
    /// Their name.
    pub name: String,
    /// Why they did not get it.
    pub why: Why,
}

impl Because {
    /// Why a member gets a lead whose turn it is.
    pub(super) fn by(strategy: Strategy) -> Self {
        match strategy {
            Strategy::FewestOpen => Self::FewestOpen,
            Strategy::RoundRobin | Strategy::Weighted | Strategy::PreviousOwner => Self::Turn,
        }
    }

    /// The word for it in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::FewestOpen => "fewest_open",
            Self::PreviousOwner => "previous_owner",
            Self::Fallback => "fallback",
            Self::Nobody => "nobody",
        }
    }
}

impl Passed {
    fn facts(&self) -> Value {
        let (why, until) = match self.why {
            Why::Deactivated => ("deactivated", Value::Null),
            Why::Away(until) => ("away", json!(until)),
            Why::Hours(opens) => ("hours", json!(opens)),
            Why::DailyCap(cap) => ("daily_cap", json!(cap)),
        };
        json!({"user_id": self.user_id, "name": self.name, "why": why, "until": until})
    }
}

impl Turn {
    /// Who was passed over as JSON has it: `why` is `deactivated`, `away`, `hours` or `daily_cap`,
    /// and `until` the last day away, the instant they work again, or the cap.
    pub fn passed_over_facts(&self) -> Vec<Value> {
        self.passed_over.iter().map(Passed::facts).collect()
    }
}

/// What the audit keeps of a lead that a turn gave to somebody: the owner, and in `rotation` whose
/// turn it was, why, and who was passed over.
pub fn changes(lead_id: Uuid, from: Option<Uuid>, turn: &Turn) -> Change {
    Change {
        event: Event::LeadAssigned,
        subject: Subject::Lead,
        subject_id: lead_id,
        data: json!({
            "changes": {"owner_id": {
                "from": from, "to": turn.owner.as_ref().map(|owner| owner.user_id),
            }},
            "rotation": {
                "id": turn.rotation.id, "name": turn.rotation.name,
                "because": turn.because.as_str(),
                "passed_over": turn.passed_over_facts(),
            },
        }),
    }
}
