//! Rows that were put right, or left out, before a file is written.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// What a person changed of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fix {
    /// Whether the row is passed over.
    pub is_left_out: bool,
    /// The cells that were put right.
    pub cells: Cells,
}

/// Cells by the places of their columns, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cells(pub BTreeMap<usize, String>);

/// Fixes by the numbers of their rows.
pub type Fixes = HashMap<u32, Fix>;

impl Fix {
    /// The cell of a column, when it was put right.
    pub fn cell(&self, at: usize) -> Option<&str> {
        self.cells.0.get(&at).map(String::as_str)
    }
}
