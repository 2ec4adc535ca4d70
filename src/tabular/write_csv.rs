use std::io::Write;

use super::Fault;
use super::formula::harmless;

/// What makes Excel read UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();
/// Beside a comma and what ends a line, other delimiters too: who opens the file may take it for
/// one of those.
const QUOTED: [char; 7] = [',', ';', '\t', '|', '"', '\r', '\n'];

/// Writes CSV that spreadsheets open without a question: UTF-8 with its mark, commas, CRLF. Cells
/// that they would run are made text, and [`open`](super::open) undoes that.
pub struct CsvWriter<W> {
    to: W,
    line: String,
    started: bool,
}

impl<W: Write> CsvWriter<W> {
    /// A file without rows. It is written in small pieces, so `to` had better have a buffer.
    pub fn new(to: W) -> Self {
        Self {
            to,
            line: String::new(),
            started: false,
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> Result<(), Fault> {
        if !self.started {
            self.to.write_all(MARK)?;
            self.started = true;
        }
        self.line.clear();
        let mut first = true;
        for cell in cells {
            if !first {
                self.line.push(',');
            }
            first = false;
            let cell = harmless(cell.as_ref());
            if cell.contains(QUOTED) || is_directive(&cell) {
                self.line.push('"');
                self.line.push_str(&cell.replace('"', "\"\""));
                self.line.push('"');
            } else {
                self.line.push_str(&cell);
            }
        }
        self.line.push_str("\r\n");
        Ok(self.to.write_all(self.line.as_bytes())?)
    }

    /// Writes what is left, and gives back where it was written to.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.to.flush()?;
        Ok(self.to)
    }
}

/// Whether a cell alone in the first line could be taken for one that names the delimiter.
fn is_directive(cell: &str) -> bool {
    let word = cell.as_bytes().first_chunk::<4>();
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"sep="))
}
