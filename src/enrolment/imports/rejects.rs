//! The rows of an import that were refused, as a file that can be put right and uploaded again.

use std::collections::HashMap;
use std::io::Write;

use diesel::pg::PgConnection;
use diesel::prelude::*;

use super::super::file::Verdict;
use super::super::file::columns::same;
use super::super::file::rows::Rows;
use super::import::Import;
use super::preview::open;
use crate::caller::{Caller, Permission};
use crate::db::schema::import_rows as rows;
use crate::error::{Error, Result};
use crate::tabular::CsvWriter;
use crate::uploads::Uploads;

/// What is added to the columns of the file.
pub(super) const COLUMNS: [&str; 3] = ["row", "field", "reason"];
/// Rows that are asked for together.
const CHUNK: i64 = 5_000;

/// How many of the last columns were added to a list like this before.
pub(super) fn added(header: &[String]) -> usize {
    let from = header.len().saturating_sub(COLUMNS.len());
    let last = header[from..].iter();
    let is_added =
        last.len() == COLUMNS.len() && last.zip(COLUMNS).all(|(name, column)| same(name, column));
    match is_added {
        true => COLUMNS.len(),
        false => 0,
    }
}

type Refused = (i32, Option<String>, Option<String>, Option<String>);

/// Writes the refused rows of an import as CSV: their cells as they were uploaded, then `row`, `field`
/// and `reason`. Of a file that is not kept any more only the cell at fault is known.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Internal`] when it can't be written.
pub fn rejects(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    import: &Import,
    into: impl Write,
) -> Result<()> {
    caller.require(Permission::ReadLeads)?;
    let mut file = match open(uploads, import) {
        Ok(file) => Some(Rows::open(&file, &import.choices)?),
        Err(_) => None,
    };
    let columns = import.header.len() - added(&import.header);
    let mut out = CsvWriter::new(into);
    let own: Vec<&str> = match file {
        Some(_) => import.header[..columns]
            .iter()
            .map(String::as_str)
            .collect(),
        None => vec!["value"],
    };
    out.row(own.into_iter().chain(COLUMNS))
        .map_err(Error::internal)?;
    let mut after = 0;
    loop {
        let chunk = refused(conn, caller, import, after)?;
        let Some((last, ..)) = chunk.last() else {
            break;
        };
        after = *last;
        let mut cells = match &mut file {
            Some(file) => of_rows(file, &chunk, columns)?,
            None => HashMap::new(),
        };
        for (number, field, value, reason) in chunk {
            let mut row = cells
                .remove(&number.cast_unsigned())
                .unwrap_or_else(|| vec![value.unwrap_or_default()]);
            row.extend([
                number.to_string(),
                field.unwrap_or_default(),
                reason.unwrap_or_default(),
            ]);
            out.row(row.iter().map(String::as_str))
                .map_err(Error::internal)?;
        }
    }
    out.finish().map_err(Error::internal)?;
    Ok(())
}

fn refused(
    conn: &mut PgConnection,
    caller: &Caller,
    import: &Import,
    after: i32,
) -> Result<Vec<Refused>> {
    let refused = rows::table
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::import_id.eq(import.id))
        .filter(rows::verdict.eq(Verdict::Failed))
        .filter(rows::row_number.gt(after))
        .order(rows::row_number)
        .limit(CHUNK)
        .select((rows::row_number, rows::field, rows::value, rows::reason));
    Ok(refused.load(conn)?)
}

/// The cells of these rows, which come after all that were read before.
fn of_rows(
    file: &mut Rows,
    chunk: &[Refused],
    columns: usize,
) -> Result<HashMap<u32, Vec<String>>> {
    let last = chunk
        .last()
        .map_or(0, |(number, ..)| number.cast_unsigned());
    let wanted: std::collections::HashSet<u32> = chunk
        .iter()
        .map(|(number, ..)| number.cast_unsigned())
        .collect();
    let mut cells = HashMap::new();
    while let Some(row) = file.next()? {
        let number = row.number();
        if wanted.contains(&number) {
            let row = (0..columns).map(|at| row.cell(at).to_owned());
            cells.insert(number, row.collect());
        }
        if number >= last {
            break;
        }
    }
    Ok(cells)
}
