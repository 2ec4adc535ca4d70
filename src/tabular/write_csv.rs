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

    /// Where it is written to, as to take away what has been written so far.
    pub fn to(&mut self) -> &mut W {
        &mut self.to
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_need_it_and_harmless() {
        let mut writer = CsvWriter::new(Vec::new());
        writer.row(["name", "phone", "note"]).unwrap();
        writer
            .row(["O'Neil, \"Jim\"", "+15551234567", "=1+1"])
            .unwrap();
        writer.row(["", "a;b", "two\nlines"]).unwrap();
        let written = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert_eq!(
            written,
            "\u{FEFF}name,phone,note\r\n\"O'Neil, \"\"Jim\"\"\",+15551234567,'=1+1\r\n,\"a;b\",\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn a_receiver_that_fails_is_told_of() {
        let mut small = [0; 10];
        let mut writer = CsvWriter::new(&mut small[..]);
        let failed = writer.row(["more than ten bytes"]).unwrap_err();
        assert!(matches!(failed, Fault::Io(_)));
    }
}
