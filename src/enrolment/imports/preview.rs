//! What a person sees of a file before its columns are chosen.

use std::fs::File;

use super::super::file::rows::unreadable;
use super::import::Import;
use crate::error::{Error, Result};
use crate::tabular::{self, Found, Row};
use crate::uploads::Uploads;

/// Rows that are shown.
const SHOWN: usize = 20;
/// Rows that are looked at to say how full a column is.
const LOOKED_AT: usize = 1_000;
/// Values of a column that are shown.
const SAMPLES: usize = 3;

/// The beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What the file turned out to be.
    pub found: Found,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its first 20 rows, with their numbers.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Its columns, as the first 1,000 rows fill them.
    pub columns: Vec<Sampled>,
    /// How many rows were looked at.
    pub looked_at: usize,
    /// What a person should look at.
    pub doubts: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sampled {
    /// Three of its values, all different.
    pub samples: Vec<String>,
    /// How many rows have something in it.
    pub filled: usize,
}

/// The beginning of the file of an import.
///
/// # Errors
/// [`Error::Conflict`] when the file is not kept any more; [`Error::Invalid`] with the field `file`
/// when it can't be read.
pub fn preview(uploads: &Uploads, import: &Import) -> Result<Preview> {
    let file = open(uploads, import)?;
    let mut table = tabular::open(&file, &import.choices).map_err(unreadable)?;
    let header = table.header().to_vec();
    let mut columns = vec![Sampled::default(); header.len()];
    let (mut row, mut rows, mut looked_at) = (Row::new(), Vec::new(), 0);
    while looked_at < LOOKED_AT && table.next_row(&mut row).map_err(unreadable)? {
        looked_at += 1;
        if rows.len() < SHOWN {
            let cells = (0..header.len()).map(|at| row.cell(at).trim().to_owned());
            rows.push((row.number(), cells.collect()));
        }
        for (at, column) in columns.iter_mut().enumerate() {
            column.look_at(row.cell(at).trim());
        }
    }
    Ok(Preview {
        found: table.found().clone(),
        doubts: tabular::doubts(&header),
        header,
        rows,
        columns,
        looked_at,
    })
}

impl Sampled {
    fn look_at(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|one| one == cell) {
            self.samples.push(cell.to_owned());
        }
    }
}

/// The file of an import.
pub(super) fn open(uploads: &Uploads, import: &Import) -> Result<File> {
    let kept = match import.upload_id {
        Some(id) => uploads.open(id).map_err(Error::internal)?,
        None => None,
    };
    kept.ok_or_else(|| {
        Error::Conflict(format!(
            "The file of import {} is not kept any more; upload it again",
            import.number
        ))
    })
}
