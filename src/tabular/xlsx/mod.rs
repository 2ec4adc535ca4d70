//! Workbooks since Excel 2007, which calamine reads. Before it sees a file, [`archive`] makes sure
//! that it can be read within our limits.

mod archive;
mod limit;
mod look;
mod part;
mod rows;
mod value;

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

pub(super) use rows::Rows;

use super::{Choices, Fault, Found, Kind};

type Book = Xlsx<BufReader<File>>;

/// Opens a workbook at the start of the chosen sheet, else of the first that isn't hidden.
pub(super) fn open(mut file: File, choices: &Choices) -> Result<(Rows, Found), Fault> {
    archive::check(&mut file)?;
    contained(|| {
        let book = Book::new(BufReader::new(file)).map_err(fault)?;
        let (sheets, sheet) = sheets(&book, choices.sheet.as_deref())?;
        let rows = Rows::open(book, &sheet)?;
        let found = Found {
            kind: Kind::Xlsx,
            encoding: None,
            delimiter: None,
            sheets,
            sheet: Some(sheet),
            header_row: 1,
        };
        Ok((rows, found))
    })
}

/// The names of all sheets with cells, and of the one that is to be read.
fn sheets(book: &Book, chosen: Option<&str>) -> Result<(Vec<String>, String), Fault> {
    let all = book.sheets_metadata().iter();
    let sheets: Vec<_> = all.filter(|it| it.typ == SheetType::WorkSheet).collect();
    let sheet = match chosen {
        Some(name) => {
            let named = sheets.iter().find(|it| it.name == name);
            named.ok_or_else(|| Fault::NoSheet(name.to_owned()))?
        }
        None => {
            let mut shown = sheets.iter();
            let shown = shown.find(|it| it.visible == SheetVisible::Visible);
            shown.or(sheets.first()).ok_or(Fault::Empty)?
        }
    };
    let name = sheet.name.clone();
    let names = sheets.into_iter().map(|it| it.name.clone()).collect();
    Ok((names, name))
}

/// Reads of a workbook. A broken one may break an assumption of calamine, which then panics; that
/// is the fault of the file and must be no failure of whoever reads it. Nothing that it left half
/// done is seen: after a fault nothing more is read.
fn contained<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Fault::BrokenXlsx))
}

/// What the disk fails at is not the file's fault; what can't be read is.
fn fault(error: XlsxError) -> Fault {
    let disk = match &error {
        XlsxError::Io(error) => error.raw_os_error(),
        XlsxError::Xml(quick_xml::Error::Io(error)) => error.raw_os_error(),
        _ => None,
    };
    match (error, disk) {
        (_, Some(code)) => Fault::Io(std::io::Error::from_raw_os_error(code)),
        (XlsxError::RowNumberOverflow, None) => Fault::TooManyRows,
        (_, None) => Fault::BrokenXlsx,
    }
}
