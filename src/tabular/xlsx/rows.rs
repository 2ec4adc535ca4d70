use std::fs::File;
use std::io::BufReader;

use calamine::{XlsxCellReader, XlsxError};
use self_cell::{MutBorrow, self_cell};

use super::{Book, contained, fault, value};
use crate::tabular::{Fault, Row, limits};

/// The rows of a sheet that have a cell.
pub(in crate::tabular) struct Rows {
    sheet: Sheet,
    /// Where the cell is that was read last, the first of the next row; nothing at the end.
    at: Option<Place>,
    /// What that cell says.
    said: String,
}

/// A row and a column, both from 0.
type Place = (u32, u32);
type Cells<'a> = XlsxCellReader<'a, BufReader<File>>;

self_cell!(
    /// A workbook, and the cells of a sheet as they are read.
    struct Sheet {
        owner: MutBorrow<Book>,
        #[not_covariant]
        dependent: Cells,
    }
);

impl Rows {
    /// A sheet up to its first cell.
    pub(super) fn open(book: Book, sheet: &str) -> Result<Self, Fault> {
        let book = MutBorrow::new(book);
        let sheet = Sheet::try_new(book, |book| {
            let cells = book.borrow_mut().worksheet_cells_reader(sheet);
            cells.map_err(fault)
        })?;
        let mut rows = Self {
            sheet,
            at: None,
            said: String::new(),
        };
        rows.advance()?;
        Ok(rows)
    }

    pub(in crate::tabular) fn next(&mut self, row: &mut Row) -> Result<bool, Fault> {
        let read = contained(|| self.read(row));
        if read.is_err() {
            self.at = None;
        }
        read
    }

    fn read(&mut self, row: &mut Row) -> Result<bool, Fault> {
        let Some((number, _)) = self.at else {
            return Ok(false);
        };
        row.start(number + 1);
        while let Some((of, column)) = self.at
            && of == number
        {
            // Empty cells may be left out.
            row.ends.resize(column as usize, row.text.len());
            row.text.push_str(&self.said);
            row.ends.push(row.text.len());
            if row.text.len() > limits::ROW {
                return Err(Fault::RowTooLarge(row.number));
            }
            self.advance()?;
        }
        Ok(true)
    }

    /// Reads the next cell, which always comes after the last.
    fn advance(&mut self) -> Result<(), Fault> {
        let said = &mut self.said;
        said.clear();
        let next = self.sheet.with_dependent_mut(|_, cells| {
            loop {
                match cells.next_cell() {
                    Ok(cell) => {
                        return Ok(cell.map(|cell| {
                            value::write(cell.get_value(), said);
                            cell.get_position()
                        }));
                    }
                    // An error that calamine doesn't know, as empty as the others.
                    Err(XlsxError::CellError(_)) => {}
                    Err(error) => return Err(fault(error)),
                }
            }
        })?;
        let last = std::mem::replace(&mut self.at, next);
        match next {
            Some((row, _)) if row >= limits::SHEET_ROWS => Err(Fault::TooManyRows),
            Some((_, column)) if column as usize >= limits::CELLS => Err(Fault::BrokenXlsx),
            Some((row, column)) if self.said.len() > limits::CELL => Err(Fault::CellTooLarge {
                row: row + 1,
                column: column as usize + 1,
            }),
            Some(_) if next <= last => Err(Fault::BrokenXlsx),
            _ => Ok(()),
        }
    }
}
