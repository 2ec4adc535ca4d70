//! What became of the rows of a file, counted and grouped.

use uuid::Uuid;

use super::groups::Groups;
use super::row::Fault;
use super::verdict::Verdict;

/// A lead that is in the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The lead.
    pub lead_id: Uuid,
    /// Its run.
    pub run_id: Uuid,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// Its lead came in.
    Created(Entered),
    /// Its lead was there already, and went into the workflow.
    Updated(Entered),
    /// It was passed over; the lead that was there already.
    Skipped(Fault, Option<Uuid>),
    /// It was refused.
    Failed(Fault),
}

impl Became {
    /// The word for it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Created(_) => Verdict::Created,
            Self::Updated(_) => Verdict::Updated,
            Self::Skipped(..) => Verdict::Skipped,
            Self::Failed(_) => Verdict::Failed,
        }
    }

    /// Why it was passed over or refused.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Skipped(fault, _) | Self::Failed(fault) => Some(fault),
            Self::Created(_) | Self::Updated(_) => None,
        }
    }

    /// The lead it is about.
    pub fn lead_id(&self) -> Option<Uuid> {
        match self {
            Self::Created(entered) | Self::Updated(entered) => Some(entered.lead_id),
            Self::Skipped(_, id) => *id,
            Self::Failed(_) => None,
        }
    }
}

/// The rows of a file: each is counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Leads that came in.
    pub created: usize,
    /// Leads that were there already, and went into the workflow.
    pub updated: usize,
    /// Rows that were passed over.
    pub skipped: Groups,
    /// Rows that were refused.
    pub failed: Groups,
}

impl Tally {
    /// Counts a row.
    pub fn count(&mut self, row: u32, became: Became) {
        match became {
            Became::Created(_) => self.created += 1,
            Became::Updated(_) => self.updated += 1,
            Became::Skipped(fault, _) => self.skipped.push(row, fault),
            Became::Failed(fault) => self.failed.push(row, fault),
        }
    }

    /// All rows of the file.
    pub fn rows_read(&self) -> usize {
        self.enrolled() + self.skipped.count() + self.failed.count()
    }

    /// The leads that are in the workflow by this file.
    pub fn enrolled(&self) -> usize {
        self.created + self.updated
    }
}
