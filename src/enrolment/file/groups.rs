//! Rows grouped by what is wrong with them, as a report tells it: exact counts, and the first
//! rows of each group.

use std::borrow::Cow;
use std::collections::HashMap;

use super::code::Code;
use super::row::Fault;

/// How many rows of a group are named (contract §4).
const ROWS: usize = 1_000;
/// How many of its cells are shown.
const SAMPLES: usize = 5;

/// Rows with the same fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The word for it.
    pub code: Code,
    /// The sentence.
    pub sentence: Cow<'static, str>,
    /// How many rows.
    pub count: usize,
    /// The first 1,000 of them, as a spreadsheet numbers them: the header is row 1.
    pub rows: Vec<u32>,
    /// The first few cells at fault, with their rows.
    pub samples: Vec<(u32, String)>,
}

/// Groups in the order in which their first rows came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    groups: Vec<Group>,
    places: HashMap<(Code, Cow<'static, str>), usize>,
    count: usize,
}

impl Groups {
    /// Notes a row.
    pub fn push(&mut self, row: u32, fault: Fault) {
        let Fault {
            code,
            sentence,
            value,
            ..
        } = fault;
        self.count += 1;
        let place = match self.places.get(&(code, sentence.clone())) {
            Some(place) => *place,
            None => {
                self.places
                    .insert((code, sentence.clone()), self.groups.len());
                self.groups.push(Group {
                    code,
                    sentence,
                    count: 0,
                    rows: Vec::new(),
                    samples: Vec::new(),
                });
                self.groups.len() - 1
            }
        };
        let group = &mut self.groups[place];
        group.count += 1;
        if group.rows.len() < ROWS {
            group.rows.push(row);
        }
        if group.samples.len() < SAMPLES {
            group.samples.push((row, value));
        }
    }

    /// How many rows are in all groups together.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The groups.
    pub fn into_groups(self) -> Vec<Group> {
        self.groups
    }
}
