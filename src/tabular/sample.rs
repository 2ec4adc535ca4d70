//! Files to read in tests.

use std::fs::File;
use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Choices, Fault, Found, Row, open};

/// A file without a name, which goes when it is dropped.
pub(super) fn file_of(content: impl AsRef<[u8]>) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(content.as_ref()).unwrap();
    file
}

/// A whole file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) found: Found,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<(u32, Vec<String>)>,
}

pub(super) fn read(content: impl AsRef<[u8]>) -> Result<Content, Fault> {
    read_as(content, &Choices::default())
}

pub(super) fn read_as(content: impl AsRef<[u8]>, choices: &Choices) -> Result<Content, Fault> {
    let mut table = open(&file_of(content), choices)?;
    let (mut row, mut rows) = (Row::new(), Vec::new());
    while table.next_row(&mut row)? {
        rows.push((row.number(), row.cells().map(str::to_owned).collect()));
    }
    Ok(Content {
        found: table.found().clone(),
        header: table.header().to_vec(),
        rows,
    })
}

/// The cells of rows, without their numbers.
pub(super) fn cells(content: &Content) -> Vec<Vec<&str>> {
    let rows = content.rows.iter();
    rows.map(|(_, cells)| cells.iter().map(String::as_str).collect())
        .collect()
}

/// What a workbook's tests change of it.
pub(super) struct Book<'a> {
    pub(super) workbook: &'a str,
    pub(super) relations: &'a str,
    pub(super) styles: &'a str,
    pub(super) strings: &'a str,
    pub(super) sheets: &'a [&'a str],
}

pub(super) const PACKAGE: &str = r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#;

impl Default for Book<'_> {
    fn default() -> Self {
        Self {
            workbook: r#"<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="s1"/><sheet name="Two &amp; half" sheetId="2" r:id="s2"/></sheets></workbook>"#,
            relations: r#"<Relationships><Relationship Id="s1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="c" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="t" Type="x/styles" Target="styles.xml"/><Relationship Id="u" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
            styles: "<styleSheet/>",
            strings: "<sst/>",
            sheets: &[],
        }
    }
}

impl Book<'_> {
    /// The workbook as a file, its sheets each given by what is in `<sheetData>`.
    pub(super) fn packed(&self) -> Vec<u8> {
        let mut parts = vec![
            ("_rels/.rels".to_owned(), PACKAGE.to_owned()),
            ("xl/workbook.xml".to_owned(), self.workbook.to_owned()),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                self.relations.to_owned(),
            ),
            ("xl/styles.xml".to_owned(), self.styles.to_owned()),
            ("xl/sharedStrings.xml".to_owned(), self.strings.to_owned()),
        ];
        for (at, data) in self.sheets.iter().enumerate() {
            let name = format!("xl/worksheets/sheet{}.xml", at + 1);
            let sheet = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
            parts.push((name, sheet));
        }
        zipped(
            parts
                .iter()
                .map(|(name, part)| (name.as_str(), part.as_str())),
        )
    }
}

/// An archive whose parts are not packed, so that tests find their bytes.
pub(super) fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
