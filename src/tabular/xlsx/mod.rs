//! Workbooks since Excel 2007: a ZIP archive of XML. Read part by part and cell by cell, because
//! an archive of a few kilobytes can unpack to more than any memory holds.

mod formats;
mod parts;
mod sheet;
mod strings;
mod value;
mod workbook;
mod xml;

use std::fs::File;

pub(super) use sheet::Rows;
pub(super) use value::escaped;

use super::{Choices, Fault, Found, Kind};
use formats::Formats;
use parts::Parts;
use strings::Strings;
use workbook::Workbook;

/// Opens a workbook at the start of the chosen sheet, else of the first that isn't hidden.
pub(super) fn open(file: File, choices: &Choices) -> Result<(Rows, Found), Fault> {
    let parts = Parts::open(file)?;
    let workbook = Workbook::read(&parts)?;
    let sheet = workbook.choose(choices.sheet.as_deref())?;
    let formats = Formats::read(&parts, workbook.styles.as_deref(), workbook.since_1904)?;
    let strings = Strings::read(&parts, workbook.strings.as_deref())?;
    let rows = Rows::open(&parts, &sheet.part, formats, strings)?;
    let found = Found {
        kind: Kind::Xlsx,
        encoding: None,
        delimiter: None,
        sheet: Some(sheet.name.clone()),
        sheets: workbook.sheets.into_iter().map(|it| it.name).collect(),
        header_row: 1,
    };
    Ok((rows, found))
}
