use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::formula::harmless;
use super::{Fault, limits};

/// Characters (UTF-16 units) that the name of a sheet may have.
const NAME: usize = 31;

/// Writes a workbook of one sheet as its rows come, which wait on the disk until it is finished.
/// Every cell is text, and those that a spreadsheet would run are written as
/// [`CsvWriter`](super::CsvWriter) does.
pub struct XlsxWriter<W> {
    to: W,
    workbook: Workbook,
    text: Format,
    rows: u32,
}

impl<W: Write + Send> XlsxWriter<W> {
    /// A workbook without rows, whose sheet has this name as far as spreadsheets allow it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn new(to: W, sheet: &str) -> Result<Self, Fault> {
        let mut workbook = Workbook::new();
        let written = workbook.add_worksheet_with_constant_memory();
        written
            .map_err(failed)?
            .set_name(name(sheet))
            .map_err(failed)?;
        Ok(Self {
            to,
            workbook,
            // A phone number stays one when its cell is edited.
            text: Format::new().set_num_format("@"),
            rows: 0,
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it can't be written, and when a sheet can't hold as many rows or cells, or so long a
    /// text; CSV can.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), Fault> {
        if self.rows == limits::SHEET_ROWS {
            return Err(Fault::TooManyRows);
        }
        self.rows += 1;
        contained(|| {
            let mut cells = cells.into_iter();
            for (place, cell) in (0u16..).zip(cells.by_ref().take(limits::CELLS)) {
                self.cell(place, &harmless(cell.as_ref()))?;
            }
            match cells.next() {
                Some(_) => Err(Fault::RowTooLarge(self.rows)),
                None => Ok(()),
            }
        })
    }

    fn cell(&mut self, column: u16, cell: &str) -> Result<(), Fault> {
        if cell.is_empty() {
            return Ok(());
        }
        let row = self.rows;
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        let written = sheet.write_string_with_format(row - 1, column, cell, &self.text);
        written.map_err(|error| match error {
            XlsxError::MaxStringLengthExceeded => Fault::TooLongForSheet {
                row,
                column: usize::from(column) + 1,
            },
            error => failed(error),
        })?;
        Ok(())
    }

    /// Writes what is left, and gives back where it was written to.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(mut self) -> Result<W, Fault> {
        contained(|| {
            let saved = self.workbook.save_to_writer(&mut self.to);
            saved.map_err(failed)
        })?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// A sheet's name as spreadsheets allow it.
fn name(sheet: &str) -> String {
    let mut name = String::new();
    let allowed = |c: &char| !c.is_control() && !"[]:*?/\\'".contains(*c);
    let mut units = 0;
    for c in sheet.chars().filter(allowed) {
        units += c.len_utf16();
        if units > NAME {
            break;
        }
        name.push(c);
    }
    if name.is_empty() {
        name.push_str("Sheet1");
    }
    name
}

/// Writes of a workbook. rust_xlsxwriter panics where its rows can't wait, as on a full disk.
fn contained<T>(write: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let full = || io::Error::other("no room for the rows of a workbook");
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| Err(Fault::Io(full())))
}

fn failed(error: XlsxError) -> Fault {
    Fault::Io(match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_sheet_can_hold_is_refused_with_its_place() {
        let mut writer = XlsxWriter::new(Vec::new(), "").unwrap();
        // Two UTF-16 units each, of which an odd number fit.
        let longest = "😀".repeat(16_383) + "x";
        writer.row([longest.as_str(), ""]).unwrap();
        let failed = writer.row(["", &(longest + "x")]).unwrap_err();
        assert_eq!(
            failed.to_string(),
            "Row 2 has more than 32767 characters in column 2, which no spreadsheet can hold; use CSV"
        );
        let mut writer = XlsxWriter::new(Vec::new(), "").unwrap();
        assert!(writer.row(vec![""; limits::CELLS]).is_ok());
        let failed = writer.row(vec![""; limits::CELLS + 1]).unwrap_err();
        assert!(matches!(failed, Fault::RowTooLarge(2)));
    }

    #[test]
    fn a_receiver_that_fails_is_told_of() {
        let mut small = [0; 10];
        let mut writer = XlsxWriter::new(&mut small[..], "").unwrap();
        writer.row(["a"]).unwrap();
        assert!(matches!(writer.finish(), Err(Fault::Io(_))));
    }

    #[test]
    fn a_name_is_made_one_that_a_sheet_can_have() {
        assert_eq!(name("Leads: [all]"), "Leads all");
        assert_eq!(name("'?'"), "Sheet1");
        assert_eq!(name(&"😀".repeat(20)), "😀".repeat(15));
    }
}
