//! A lead that stands in the way of a new one.

use std::fmt;

use uuid::Uuid;

/// The lead that is there, and what both have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The id of the lead that is there.
    pub lead_id: Uuid,
    /// What it is called.
    pub name: String,
    /// The field that both have the same in, by its name in the API and in forms.
    pub field: &'static str,
    /// What people call that.
    pub words: &'static str,
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { words, name, .. } = self;
        write!(f, "There is already a lead with this {words}: {name}")
    }
}
