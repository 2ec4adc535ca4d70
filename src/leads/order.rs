//! The orders a list of leads can have.

use crate::db::text_enum;

text_enum! {
    /// What a list is ordered by.
    pub enum Sort {
        /// When the lead came in.
        CreatedAt = "created_at",
        /// When it last changed.
        UpdatedAt = "updated_at",
        /// Its name, last name first.
        LastName = "last_name",
        /// When something is due; leads with nothing planned last.
        NextActionAt = "next_action_at",
    }
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest, oldest, A first.
    Ascending,
    /// Greatest, newest, Z first.
    Descending,
}

impl Sort {
    /// The SQL expression that an index holds for this order.
    pub(super) fn expression(self) -> &'static str {
        match self {
            Self::CreatedAt => "leads.created_at",
            Self::UpdatedAt => "leads.updated_at",
            Self::LastName => "leads.sort_name",
            Self::NextActionAt => "coalesce(leads.next_action_at, 'infinity'::timestamptz)",
        }
    }
}
