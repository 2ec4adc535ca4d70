use std::fs::File;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::text::Text;
use super::{Choices, Fault, Found, Kind, Row, delimiter, encoding, limits};

/// What a row is read into at first; both grow up to their limits.
const BYTES: usize = 16 * 1024;
const CELLS: usize = 64;

/// The rows of a CSV file, blank ones too when they hold delimiters.
pub(super) struct Rows {
    text: Text,
    parser: Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    number: u32,
    /// The last line ended in CR: an LF now is of the same end.
    after_cr: bool,
}

/// Opens a text at its start.
pub(super) fn open(mut file: File, choices: &Choices) -> Result<(Rows, Found), Fault> {
    let encoding = match choices.encoding {
        Some(encoding) => encoding,
        None => encoding::sniff(&mut file)?,
    };
    let mut text = Text::open(file, encoding)?;
    let said = delimiter::said(text.ahead());
    if let Some((_, line)) = said {
        text.take(line);
    }
    let delimiter = match (choices.delimiter, said) {
        (Some(delimiter), _) | (None, Some((delimiter, _))) => delimiter,
        (None, None) => {
            let whole = text.ends_here();
            delimiter::sniff(text.ahead(), whole)
        }
    };
    let rows = Rows {
        text,
        parser: ReaderBuilder::new().delimiter(delimiter.byte()).build(),
        bytes: vec![0; BYTES],
        ends: vec![0; CELLS],
        number: 0,
        after_cr: false,
    };
    let found = Found {
        kind: Kind::Csv,
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        sheets: Vec::new(),
        sheet: None,
        header_row: 1,
    };
    Ok((rows, found))
}

impl Rows {
    /// The next row that has a cell, be it an empty one.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Fault> {
        self.pass_blank_lines()?;
        self.number = self.number.saturating_add(1);
        let (mut bytes, mut cells) = (0, 0);
        loop {
            let input = self.text.peek()?;
            let (result, read, written, ended) =
                self.parser
                    .read_record(input, &mut self.bytes[bytes..], &mut self.ends[cells..]);
            if result == ReadRecordResult::Record {
                self.after_cr = read > 0 && input[read - 1] == b'\r';
            }
            self.text.take(read);
            bytes += written;
            cells += ended;
            self.check_cells(cells, ended, bytes)?;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    grow(&mut self.bytes, limits::ROW).ok_or(Fault::RowTooLarge(self.number))?;
                }
                ReadRecordResult::OutputEndsFull => {
                    grow(&mut self.ends, limits::CELLS).ok_or(Fault::RowTooLarge(self.number))?;
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
            }
        }
        row.start(self.number);
        // What comes of text is text: only ASCII is taken out of it.
        row.text
            .push_str(&String::from_utf8_lossy(&self.bytes[..bytes]));
        row.ends.extend_from_slice(&self.ends[..cells]);
        Ok(true)
    }

    /// The parser passes over blank lines without a word; a spreadsheet shows them.
    fn pass_blank_lines(&mut self) -> Result<(), Fault> {
        loop {
            match self.text.peek()?.first() {
                Some(b'\n') if self.after_cr => self.after_cr = false,
                Some(end @ (b'\r' | b'\n')) => {
                    self.number = self.number.saturating_add(1);
                    self.after_cr = *end == b'\r';
                }
                _ => return Ok(()),
            }
            self.text.take(1);
        }
    }

    /// Whether the cells that ended last, and the one that is being read, keep to their limit.
    fn check_cells(&self, cells: usize, ended: usize, bytes: usize) -> Result<(), Fault> {
        let start = |cell: usize| cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        let size = |cell: usize| {
            let end = if cell < cells { self.ends[cell] } else { bytes };
            end - start(cell)
        };
        match (cells - ended..=cells).find(|cell| size(*cell) > limits::CELL) {
            Some(cell) => Err(Fault::CellTooLarge {
                row: self.number,
                column: cell + 1,
            }),
            None => Ok(()),
        }
    }
}

/// Doubles a buffer up to its limit; nothing when it is there already.
fn grow<T: Clone + Default>(buffer: &mut Vec<T>, limit: usize) -> Option<()> {
    let size = (buffer.len() * 2).min(limit);
    let grows = size > buffer.len();
    buffer.resize(size, T::default());
    grows.then_some(())
}
