//! What became of the rows of a file, counted and grouped.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::groups::Groups;
use super::row::Fault;
use super::verdict::Verdict;

/// A lead that a row wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The lead.
    pub lead_id: Uuid,
    /// The run it began.
    pub run_id: Option<Uuid>,
    /// The lead's revision afterwards.
    pub revision: i32,
    /// What changed of a lead that was there, as [`crate::leads::Merge::changes`] tells it.
    pub changes: Map<String, Value>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// Its lead came in.
    Created(Written),
    /// Its lead was there already, and was changed or went into the workflow.
    Updated(Written),
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

    /// What it wrote.
    pub fn written(&self) -> Option<&Written> {
        match self {
            Self::Created(written) | Self::Updated(written) => Some(written),
            Self::Skipped(..) | Self::Failed(_) => None,
        }
    }

    /// The lead it is about.
    pub fn lead_id(&self) -> Option<Uuid> {
        match self {
            Self::Created(written) | Self::Updated(written) => Some(written.lead_id),
            Self::Skipped(_, id) => *id,
            Self::Failed(_) => None,
        }
    }
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Leads that came in.
    pub created: i32,
    /// Leads that were there already, and were changed or went into the workflow.
    pub updated: i32,
    /// Rows that were passed over.
    pub skipped: i32,
    /// Rows that were refused.
    pub failed: i32,
}

impl Counts {
    /// Counts a row.
    pub fn count(&mut self, became: &Became) {
        match became.verdict() {
            Verdict::Created => self.created += 1,
            Verdict::Updated => self.updated += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Failed => self.failed += 1,
        }
    }

    /// How many rows came to this.
    pub fn of(&self, verdict: Verdict) -> i32 {
        match verdict {
            Verdict::Created => self.created,
            Verdict::Updated => self.updated,
            Verdict::Skipped => self.skipped,
            Verdict::Failed => self.failed,
        }
    }

    /// All rows.
    pub fn rows_read(&self) -> i32 {
        self.created + self.updated + self.skipped + self.failed
    }
}

/// The rows of a file, counted, with why some of them wrote nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many rows came to what.
    pub counts: Counts,
    /// Rows that were passed over.
    pub skipped: Groups,
    /// Rows that were refused.
    pub failed: Groups,
}

impl Tally {
    /// Counts a row.
    pub fn count(&mut self, row: u32, became: Became) {
        self.counts.count(&became);
        match became {
            Became::Created(_) | Became::Updated(_) => {}
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
        usize::try_from(self.counts.created + self.counts.updated).unwrap_or_default()
    }
}
