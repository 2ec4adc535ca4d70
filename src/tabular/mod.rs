//! Files with rows: CSV and XLSX, read and written a row at a time. Nothing here knows what a row
//! is about.
//!
//! A file comes from anybody, so nothing in it is believed: what is held in memory has a limit
//! ([`limits`]), and whatever is wrong is a [`Fault`] that says so in a sentence.

mod csv;
mod delimiter;
mod encoding;
#[cfg(test)]
mod examples;
mod fault;
mod formula;
mod found;
mod header;
mod kind;
#[cfg(test)]
mod large_workbooks;
pub mod limits;
#[cfg(test)]
mod properties;
mod row;
#[cfg(test)]
mod sample;
mod text;
#[cfg(test)]
mod workbooks;
mod write_csv;
mod write_xlsx;
mod xlsx;

use std::fs::File;
use std::io::Seek as _;

pub use fault::Fault;
pub use found::{Choices, Delimiter, Encoding, Found, Kind};
pub use header::doubts;
pub use row::Row;
pub use write_csv::CsvWriter;
pub use write_xlsx::XlsxWriter;

/// An open file: its header, and its rows one after another.
pub struct Table {
    found: Found,
    header: Vec<String>,
    rows: Rows,
}

enum Rows {
    Csv(Box<csv::Rows>),
    Xlsx(Box<xlsx::Rows>),
}

/// Reads a file from its start up to its header; what isn't chosen is found out from the file. One
/// table of a file is read at a time, since they share its place.
///
/// A file of only a header is a table without rows. To read it again, open it again with
/// [`Found::choices`], which finds nothing out a second time.
///
/// # Errors
/// Whatever keeps the file from being read, and a header that isn't there or has too many
/// columns.
pub fn open(file: &File, choices: &Choices) -> Result<Table, Fault> {
    let mut file = file.try_clone()?;
    file.rewind()?;
    let (mut rows, mut found) = match kind::of(&mut file)? {
        Kind::Csv => {
            let (rows, found) = csv::open(file, choices)?;
            (Rows::Csv(Box::new(rows)), found)
        }
        Kind::Xlsx => {
            let (rows, found) = xlsx::open(file, choices)?;
            (Rows::Xlsx(Box::new(rows)), found)
        }
    };
    let (header, number) = header::read(&mut rows, choices.header_row)?;
    found.header_row = number;
    Ok(Table {
        found,
        header,
        rows,
    })
}

impl Table {
    /// What the file turned out to be.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The names of the columns, trimmed; blank and doubled ones as they are (see [`doubts`]).
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads the next row that isn't blank into `row`, whose memory is used again; false at the
    /// end.
    ///
    /// # Errors
    /// What is wrong from here on; after it no row follows.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool, Fault> {
        row.columns = self.header.len();
        self.rows.next(row)
    }
}

impl Rows {
    /// The next row with something in it; blank ones only count.
    fn next(&mut self, row: &mut Row) -> Result<bool, Fault> {
        loop {
            let more = match self {
                Self::Csv(rows) => rows.next(row)?,
                Self::Xlsx(rows) => rows.next(row)?,
            };
            if !more || !row.is_blank() {
                return Ok(more);
            }
        }
    }
}
