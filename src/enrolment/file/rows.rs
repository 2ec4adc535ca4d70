//! The rows of a file, batch by batch, so that memory stays flat however long it is.

use std::fs::File;

use super::fixes::Fixes;
use super::ground::Ground;
use super::judge::{self, Read};
use crate::error::{Error, Problem, Result};
use crate::tabular::{self, Choices, Row, Table};

/// Rows that are judged, and written, at once.
pub const BATCH: usize = 2_000;

/// A file that is being read.
pub struct Rows {
    table: Table,
    row: Row,
}

impl Rows {
    /// A file from its first row on.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the field `file` when it can't be read; [`Error::TooLarge`].
    pub fn open(file: &File, choices: &Choices) -> Result<Self> {
        let table = tabular::open(file, choices).map_err(unreadable)?;
        let row = Row::new();
        Ok(Self { table, row })
    }

    /// The names of its columns.
    pub fn header(&self) -> &[String] {
        self.table.header()
    }

    /// The next row; nothing at the end.
    ///
    /// # Errors
    /// As [`Rows::open`].
    pub fn next(&mut self) -> Result<Option<&Row>> {
        let more = self.table.next_row(&mut self.row).map_err(unreadable)?;
        Ok(more.then_some(&self.row))
    }

    /// How many rows there are from the next on; they are read by this.
    ///
    /// # Errors
    /// As [`Rows::open`].
    pub fn count(mut self) -> Result<usize> {
        let mut rows = 0;
        while self.next()?.is_some() {
            rows += 1;
        }
        Ok(rows)
    }

    /// Passes over the rows up to this number.
    ///
    /// # Errors
    /// As [`Rows::open`].
    pub fn skip_to(&mut self, number: u32) -> Result<()> {
        while self.row.number() < number && self.next()?.is_some() {}
        Ok(())
    }

    /// What the next rows say, with their numbers; nothing at the end.
    ///
    /// # Errors
    /// As [`Rows::open`].
    pub fn batch(
        &mut self,
        ground: &Ground,
        fixes: &Fixes,
    ) -> Result<Option<(Vec<u32>, Vec<Read>)>> {
        let (mut numbers, mut read) = (Vec::new(), Vec::new());
        while numbers.len() < BATCH
            && let Some(row) = self.next()?
        {
            let fix = fixes.get(&row.number());
            numbers.push(row.number());
            read.push(judge::read(ground, row, fix));
        }
        Ok((!numbers.is_empty()).then_some((numbers, read)))
    }
}

/// Why a file can't be read, as an error of the field `file`.
pub fn unreadable(fault: tabular::Fault) -> Error {
    match fault {
        tabular::Fault::TooLarge(_) => Error::TooLarge(fault.to_string()),
        tabular::Fault::Io(error) => Error::internal(error),
        fault => unfit(fault.to_string()),
    }
}

/// A sentence about the file as a whole.
pub fn unfit(sentence: String) -> Error {
    Error::invalid("file", Problem::Said(sentence.into()))
}
