//! What can be said of a lead source.

use uuid::Uuid;

use super::checked_name;
use crate::error::Result;

/// What can be said of a lead source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInput {
    /// Its name, 1 to 200 characters; no other source of its team has it, in whatever case.
    pub name: String,
    /// The team it belongs to; without one it is the account's. It stays with it.
    pub team_id: Option<Uuid>,
    /// Whether it takes new leads.
    pub is_active: bool,
}

impl SourceInput {
    pub(super) fn checked(self) -> Result<Self> {
        Ok(Self {
            name: checked_name(&self.name)?,
            ..self
        })
    }
}
