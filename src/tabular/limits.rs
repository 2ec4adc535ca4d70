//! How much of a file is taken. Each limit holds what is in memory at once, never how many rows a
//! CSV file may have.

/// Columns that a header may name.
pub const COLUMNS: usize = 256;

/// Bytes in one cell.
pub const CELL: usize = 64 * 1024;

/// Bytes in all cells of one row.
pub const ROW: usize = 1024 * 1024;

/// Cells in one row, as in a spreadsheet; those beyond the header are only looked at.
pub const CELLS: usize = 16_384;

/// Rows in a sheet of a spreadsheet.
pub const SHEET_ROWS: u32 = 1_048_576;

/// Bytes in all parts of a spreadsheet together, once unpacked.
pub const UNPACKED: u64 = 64 * 64 * 1024 * 1024;

/// Bytes of the texts that a spreadsheet's sheets share, once unpacked: these are held in memory.
pub const SHARED: u64 = 256 * 1024 * 1024;

/// Bytes of a part of a spreadsheet that lists its sheets, formats or other parts, once unpacked.
pub(super) const LIST: u64 = 16 * 1024 * 1024;

/// Bytes of one tag in such a part. The longest name or format that spreadsheets allow has 255
/// characters.
pub(super) const LIST_TAG: usize = 2 * 1024;

/// Bytes of one piece of XML: a tag, or the text between two.
pub(super) const MARKUP: usize = 1024 * 1024;

/// Characters (UTF-16 units) that a cell of a spreadsheet can hold.
pub const SHEET_CELL: usize = 32_767;
