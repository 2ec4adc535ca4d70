//! A lead that stands in the way of a new one.

use std::fmt;

use uuid::Uuid;

/// The lead that is there, and what both have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The lead that is there; nothing of one that whoever asks does not see.
    pub there: Option<Present>,
    /// The field that both have the same in, by its name in the API and in forms.
    pub field: &'static str,
    /// What people call that.
    pub words: &'static str,
}

/// A lead that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
}

impl Duplicate {
    /// The id of the lead that is there, for whom sees it.
    pub fn lead_id(&self) -> Option<Uuid> {
        self.there.as_ref().map(|there| there.id)
    }
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.words;
        match &self.there {
            Some(there) => write!(
                f,
                "There is already a lead with this {words}: {}",
                there.name
            ),
            None => write!(
                f,
                "There is already a lead with this {words}, and it is not among those you see; an \
                 admin of your account can help"
            ),
        }
    }
}
