//! What the rows of a file before a batch have come to, as far as the next ones have to know.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use uuid::Uuid;

use super::starts::Starts;
use crate::leads::{ByKey, Keys};

/// What is known of the rows before the batch. It grows with the file, in trees: a table that doubles
/// takes three times its memory while it does.
#[derive(Debug)]
pub struct Past {
    /// The leads that earlier rows were about.
    pub(super) leads: BTreeSet<Uuid>,
    /// What earlier rows would be found by, where none of them is written: a check.
    keys: Option<BTreeSet<u64>>,
    /// How many leads came in.
    pub(super) created: usize,
    /// When the next lead begins.
    pub(super) starts: Starts,
}

impl Past {
    /// Before rows that are written; `leads` are those that earlier ones were about, `created`
    /// of them new.
    pub fn of_run(leads: BTreeSet<Uuid>, created: usize, starts: Starts) -> Self {
        Self {
            leads,
            keys: None,
            created,
            starts,
        }
    }

    /// Before the first of the rows of a check.
    pub fn of_check(starts: Starts) -> Self {
        Self {
            keys: Some(BTreeSet::new()),
            ..Self::of_run(BTreeSet::new(), 0, starts)
        }
    }

    /// How many leads have begun in the workflow.
    pub fn begun(&self) -> u32 {
        self.starts.begun()
    }

    /// Whether an earlier row is found by the same as this one.
    pub(super) fn repeats(&mut self, keys: &Keys, batch: &mut ByKey<()>) -> bool {
        let mut repeats = batch.find(keys).is_some();
        batch.add(keys, &());
        if let Some(seen) = &mut self.keys {
            for key in keys.each() {
                let mut hasher = DefaultHasher::new();
                key.hash(&mut hasher);
                repeats |= !seen.insert(hasher.finish());
            }
        }
        repeats
    }
}
