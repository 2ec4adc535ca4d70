use std::fmt::Write as _;
use std::io::{self, Write};

use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use super::formula::harmless;
use super::xlsx::escaped;
use super::{Fault, limits};

/// Rows are given to the packer in pieces of about this size.
const PIECE: usize = 32 * 1024;
/// Characters that the name of a sheet may have.
const NAME: usize = 31;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// The second style is that of text (`@`): a phone number stays one when its cell is edited.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// Writes a workbook of one sheet as its rows come, without holding them. Every cell is text, and
/// those that a spreadsheet would run are written as [`CsvWriter`](super::CsvWriter) does.
pub struct XlsxWriter<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    rows: u32,
    piece: String,
}

impl<W: Write> XlsxWriter<W> {
    /// A workbook without rows, whose sheet has this name as far as spreadsheets allow it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn new(to: W, sheet: &str) -> Result<Self, Fault> {
        let mut zip = ZipWriter::new_stream(to);
        let workbook = workbook(sheet);
        for (name, content) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", PACKAGE),
            ("xl/workbook.xml", workbook.as_str()),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", SHEET),
        ] {
            zip.start_file(name, SimpleFileOptions::default())
                .map_err(failed)?;
            zip.write_all(content.as_bytes())?;
        }
        Ok(Self {
            zip,
            rows: 0,
            piece: String::new(),
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
        let row = self.rows;
        // Writing to a string can't fail.
        let _ = write!(self.piece, "<row r=\"{row}\">");
        for (column, cell) in cells.into_iter().enumerate() {
            let cell = harmless(cell.as_ref());
            if column == limits::CELLS {
                return Err(Fault::RowTooLarge(row));
            }
            if cell.len() > limits::SHEET_CELL && cell.encode_utf16().count() > limits::SHEET_CELL {
                let column = column + 1;
                return Err(Fault::TooLongForSheet { row, column });
            }
            if !cell.is_empty() {
                self.piece.push_str("<c r=\"");
                letters(column, &mut self.piece);
                let _ = write!(self.piece, "{row}\" s=\"1\" t=\"inlineStr\">");
                self.piece.push_str(if has_space_around(&cell) {
                    "<is><t xml:space=\"preserve\">"
                } else {
                    "<is><t>"
                });
                escape(&cell, &mut self.piece);
                self.piece.push_str("</t></is></c>");
            }
        }
        self.piece.push_str("</row>");
        if self.piece.len() >= PIECE {
            self.zip.write_all(self.piece.as_bytes())?;
            self.piece.clear();
        }
        Ok(())
    }

    /// Writes what is left, and gives back where it was written to.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.zip.write_all(self.piece.as_bytes())?;
        self.zip.write_all(SHEET_END.as_bytes())?;
        let mut to = self.zip.finish().map_err(failed)?.into_inner();
        to.flush()?;
        Ok(to)
    }
}

fn workbook(sheet: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !"[]:*?/\\'".contains(*c);
    let name: String = sheet.chars().filter(allowed).take(NAME).collect();
    let mut escaped = String::new();
    escape(if name.is_empty() { "Sheet1" } else { &name }, &mut escaped);
    let escaped = escaped.replace('"', "&quot;");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{escaped}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    )
}

/// Whether space would be lost that isn't asked to be kept.
fn has_space_around(text: &str) -> bool {
    text.trim().len() < text.len()
}

/// The letters of a column, from 0: A to Z, AA, AB and on.
fn letters(column: usize, into: &mut String) {
    if let Some(before) = (column / 26).checked_sub(1) {
        letters(before, into);
    }
    into.push(char::from(b'A' + (column % 26) as u8));
}

/// Adds a text as XML has it. Characters that XML can't hold become `_x0000_`, as Excel writes
/// them, and so does the start of a text that looks like one of these.
fn escape(text: &str, into: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '_' if escaped(&text[at..]).is_some() => into.push_str("_x005F_"),
            '\0'..='\x08' | '\x0B'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                let _ = write!(into, "_x{:04X}_", u32::from(c));
            }
            c => into.push(c),
        }
    }
}

fn failed(error: ZipError) -> Fault {
    Fault::Io(match error {
        ZipError::Io(error) => error,
        error => io::Error::other(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            let mut said = String::new();
            letters(column, &mut said);
            assert_eq!(said, name);
        }
    }

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
        let failed = XlsxWriter::new(&mut small[..], "").err();
        assert!(matches!(failed, Some(Fault::Io(_))));
    }
}
