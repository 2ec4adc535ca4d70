use std::io;

use super::limits;

/// Why a file can't be read or written, as a sentence for the person whose file it is.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is nothing in it, or nothing but blank lines.
    #[error("The file is empty")]
    Empty,
    /// Neither text nor a spreadsheet.
    #[error("This is neither a CSV file nor an Excel workbook (.xlsx)")]
    Binary,
    /// A workbook that wants a password.
    #[error("This workbook is protected with a password; save a copy without one")]
    Encrypted,
    /// The Excel format from before 2007.
    #[error("This is an old Excel workbook (.xls); save it as .xlsx or CSV")]
    OldExcel,
    /// A ZIP archive of something else.
    #[error(
        "This is not an Excel workbook (.xlsx); save it as one from your spreadsheet, or as CSV"
    )]
    NotAWorkbook,
    /// A workbook that is damaged or was cut off.
    #[error("This workbook is broken or incomplete; save it again and choose the new file")]
    BrokenXlsx,
    /// Unpacked, it would be larger than is taken.
    #[error("Unpacked, this workbook is larger than {} MiB; split it, or save it as CSV", .0 / 1024 / 1024)]
    TooLarge(u64),
    /// More columns than are taken.
    #[error("The header names {0} columns; a file can have at most {max}", max = limits::COLUMNS)]
    TooManyColumns(usize),
    /// More rows than a sheet can have.
    #[error("A sheet can have at most {max} rows", max = limits::SHEET_ROWS)]
    TooManyRows,
    /// One cell that holds too much, as after a quotation mark that is never closed.
    #[error(
        "Row {row} has more than {max} KiB in column {column}; perhaps a quotation mark is never closed",
        max = limits::CELL / 1024
    )]
    CellTooLarge {
        /// The row, as a spreadsheet shows it.
        row: u32,
        /// The column, from 1.
        column: usize,
    },
    /// A text of a workbook that is too much for a cell, wherever it stands.
    #[error("A cell of this workbook has more than {max} KiB", max = limits::CELL / 1024)]
    TextTooLarge,
    /// A row that holds too much.
    #[error("Row {0} has more than {cells} cells or {max} KiB", cells = limits::CELLS, max = limits::ROW / 1024)]
    RowTooLarge(u32),
    /// The row that was chosen as the header is blank or not there.
    #[error("Row {0} has nothing in it, so it can't name the columns")]
    NoHeader(u32),
    /// No sheet has the chosen name.
    #[error("There is no sheet called “{0}” in this workbook")]
    NoSheet(String),
    /// A text that no cell of a spreadsheet can hold.
    #[error(
        "Row {row} has more than {max} characters in column {column}, which no spreadsheet can hold; use CSV",
        max = limits::SHEET_CELL
    )]
    TooLongForSheet {
        /// The row, as a spreadsheet shows it.
        row: u32,
        /// The column, from 1.
        column: usize,
    },
    /// The disk or the receiver failed; not the file's fault.
    #[error("The file could not be read or written: {0}")]
    Io(#[from] io::Error),
}
