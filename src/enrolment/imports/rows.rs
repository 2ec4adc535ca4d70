//! The rows of an import, by what became of them, or would: why, and what stands in the file.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{count_star, min};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::file::fixes::Fixes;
use super::super::file::rows::Rows;
use super::super::file::{Fix, Verdict};
use super::fixes::fixes;
use super::import::{Import, State};
use super::preview::open;
use crate::caller::{Caller, Permission};
use crate::db::schema::import_rows as rows;
use crate::error::Result;
use crate::uploads::Uploads;

/// Rows on one page.
const SHOWN: usize = 50;
/// Reasons that are told apart.
const REASONS: i64 = 200;
/// Rows of a file that are looked at together.
const CHUNK: usize = 1_000;

/// Rows with the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What became of them.
    pub verdict: Verdict,
    /// The word for the reason.
    pub code: String,
    /// The reason.
    pub reason: String,
    /// How many rows.
    pub count: i64,
    /// The first of them.
    pub first: i32,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownRow {
    /// Its number, as a spreadsheet shows it.
    pub number: u32,
    /// Its cells as they stand in the file; none when the file is not kept any more.
    pub cells: Vec<String>,
    /// What was put right of it.
    pub fix: Fix,
    /// The lead it is about.
    pub lead_id: Option<Uuid>,
    /// The field at fault.
    pub field: Option<String>,
    /// The cell at fault.
    pub value: Option<String>,
    /// Why it wrote nothing.
    pub reason: Option<String>,
}

/// Some rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownRows {
    /// At most 50.
    pub rows: Vec<ShownRow>,
    /// The number of the last of them, when more follow.
    pub next: Option<u32>,
}

/// Why rows of an import wrote nothing, or would, the most frequent reason first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn problems(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Vec<Problem>> {
    caller.require(Permission::ReadLeads)?;
    type Found = (Verdict, Option<String>, Option<String>, i64, Option<i32>);
    let found: Vec<Found> = rows::table
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::import_id.eq(id))
        .filter(rows::verdict.eq_any([Verdict::Skipped, Verdict::Failed]))
        .group_by((rows::verdict, rows::code, rows::reason))
        .select((
            rows::verdict,
            rows::code,
            rows::reason,
            count_star(),
            min(rows::row_number),
        ))
        .order((rows::verdict, count_star().desc()))
        .limit(REASONS)
        .load(conn)?;
    let problem = |(verdict, code, reason, count, first): Found| Problem {
        verdict,
        // Rows of the first imports have no reason of their own.
        reason: reason
            .or_else(|| Some(code.as_deref()?.replace('_', " ")))
            .unwrap_or_default(),
        code: code.unwrap_or_default(),
        count,
        first: first.unwrap_or_default(),
    };
    Ok(found.into_iter().map(problem).collect())
}

/// What became of a row, as the database keeps it.
#[derive(HasQuery)]
#[diesel(table_name = rows)]
struct Kept {
    row_number: i32,
    lead_id: Option<Uuid>,
    field: Option<String>,
    value: Option<String>,
    reason: Option<String>,
}

/// The rows with this verdict after the row `after`, in their order, of one reason or of all.
///
/// # Errors
/// [`crate::error::Error::Forbidden`]; [`crate::error::Error::Invalid`] with the field `file` when the file can't be read.
pub fn shown_rows(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    import: &Import,
    (verdict, reason): (Verdict, Option<&str>),
    after: u32,
) -> Result<ShownRows> {
    caller.require(Permission::ReadLeads)?;
    let mut fixes = fixes(conn, caller, import.id)?;
    // A check keeps only the others.
    if verdict == Verdict::Created && !import.state.has_run() {
        return would_come(conn, caller, uploads, import, &mut fixes, after);
    }
    let after = i32::try_from(after).unwrap_or(i32::MAX);
    let mut kept = Kept::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::import_id.eq(import.id))
        .filter(rows::verdict.eq(verdict))
        .filter(rows::row_number.gt(after))
        .order(rows::row_number)
        .limit(SHOWN as i64 + 1)
        .into_boxed();
    if let Some(reason) = reason {
        kept = kept.filter(rows::reason.eq(reason.to_owned()));
    }
    let mut kept: Vec<Kept> = kept.load(conn)?;
    let more = kept.len() > SHOWN;
    kept.truncate(SHOWN);
    let numbers: HashSet<u32> = kept
        .iter()
        .map(|row| row.row_number.cast_unsigned())
        .collect();
    let mut cells = cells(uploads, import, &numbers)?;
    let shown: Vec<ShownRow> = kept
        .into_iter()
        .map(|row| {
            let number = row.row_number.cast_unsigned();
            ShownRow {
                number,
                cells: cells.remove(&number).unwrap_or_default(),
                fix: fixes.remove(&number).unwrap_or_default(),
                lead_id: row.lead_id,
                field: row.field,
                value: row.value,
                reason: row.reason,
            }
        })
        .collect();
    Ok(page(shown, more))
}

/// The cells of some rows; none when the file is not kept any more.
fn cells(
    uploads: &Uploads,
    import: &Import,
    numbers: &HashSet<u32>,
) -> Result<HashMap<u32, Vec<String>>> {
    let (Some(last), Ok(file)) = (numbers.iter().max(), open(uploads, import)) else {
        return Ok(HashMap::new());
    };
    let mut file = Rows::open(&file, &import.choices)?;
    let mut cells = HashMap::new();
    while let Some(row) = file.next()? {
        if numbers.contains(&row.number()) {
            cells.insert(row.number(), row.cells().map(str::to_owned).collect());
        }
        if row.number() >= *last {
            break;
        }
    }
    Ok(cells)
}

/// The rows of which a check keeps nothing: their leads would come in.
fn would_come(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    import: &Import,
    fixes: &mut Fixes,
    after: u32,
) -> Result<ShownRows> {
    if import.state != State::Checked {
        return Ok(ShownRows::default());
    }
    let file = open(uploads, import)?;
    let mut file = Rows::open(&file, &import.choices)?;
    file.skip_to(after)?;
    let mut shown = Vec::new();
    loop {
        let mut chunk = Vec::new();
        while chunk.len() < CHUNK
            && let Some(row) = file.next()?
        {
            let cells: Vec<String> = row.cells().map(str::to_owned).collect();
            chunk.push((row.number(), cells));
        }
        let numbers: Vec<i32> = chunk
            .iter()
            .map(|(number, _)| number.cast_signed())
            .collect();
        let others: Vec<i32> = rows::table
            .filter(rows::account_id.eq(caller.account.id))
            .filter(rows::import_id.eq(import.id))
            .filter(rows::row_number.eq_any(&numbers))
            .select(rows::row_number)
            .load(conn)?;
        let others: HashSet<i32> = others.into_iter().collect();
        for (number, cells) in chunk {
            if others.contains(&number.cast_signed()) {
                continue;
            }
            if shown.len() == SHOWN {
                return Ok(page(shown, true));
            }
            shown.push(ShownRow {
                number,
                cells,
                fix: fixes.remove(&number).unwrap_or_default(),
                ..ShownRow::default()
            });
        }
        if numbers.len() < CHUNK {
            return Ok(page(shown, false));
        }
    }
}

fn page(rows: Vec<ShownRow>, more: bool) -> ShownRows {
    let next = rows.last().filter(|_| more).map(|row| row.number);
    ShownRows { rows, next }
}
