//! What can be said of a team.

use super::checked_name;
use super::member::MemberRef;
use crate::error::Result;

/// What can be said of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamInput {
    /// Its name, 1 to 200 characters; no other team of the account has it, in whatever case.
    pub name: String,
    /// Whether it takes new leads.
    pub is_active: bool,
    /// Everybody who is in it.
    pub members: Vec<MemberRef>,
}

impl TeamInput {
    pub(super) fn checked(self) -> Result<Self> {
        Ok(Self {
            name: checked_name(&self.name)?,
            ..self
        })
    }
}
