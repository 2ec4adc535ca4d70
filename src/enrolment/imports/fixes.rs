//! Putting rows right, or leaving them out, before an import runs.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::Value;
use uuid::Uuid;

use super::super::file::fixes::Fixes;
use super::super::file::{Cells, Fix};
use super::choose::open_one;
use super::import::State;
use super::record;
use crate::caller::{Caller, Permission};
use crate::db::schema::import_fixes as table;
use crate::error::{Error, Problem, Result};
use crate::text;

/// The most rows of an import that can be put right here; more are better changed in the file.
const MOST: i64 = 5_000;
const CELL_CHARACTERS: usize = 10_000;

/// The rows of an import that people put right or left out.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn fixes(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Fixes> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<(i32, bool, Value)> = table::table
        .filter(table::account_id.eq(caller.account.id))
        .filter(table::import_id.eq(id))
        .select((table::row_number, table::is_left_out, table::cells))
        .load(conn)?;
    rows.into_iter()
        .map(|(number, is_left_out, cells)| {
            let number = u32::try_from(number).map_err(Error::internal)?;
            let cells = serde_json::from_value(cells).map_err(Error::internal)?;
            Ok((number, Fix { is_left_out, cells }))
        })
        .collect()
}

/// Puts rows right, or leaves them out or takes them in again, and has the file checked again. What
/// was put right of a row before stays where nothing else is said.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] with the field `rows`;
/// [`Error::Conflict`] when the import has run, or its rules are not chosen yet.
pub fn fix(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    changed: Vec<(u32, Fix)>,
) -> Result<()> {
    conn.transaction(|conn| {
        let import = open_one(conn, caller, id)?;
        import.planned()?;
        let mut before = fixes(conn, caller, id)?;
        let mut rows = Vec::with_capacity(changed.len());
        for (number, fix) in changed {
            let cells = fix.cells.0;
            let is_wrong =
                |cell: &String| text::has_nul(cell) || cell.chars().count() > CELL_CHARACTERS;
            if cells.values().any(is_wrong) {
                let sentence = format!("A cell of row {number} is too long, or has a NUL in it");
                return Err(Error::invalid("rows", Problem::Said(sentence.into())));
            }
            let mut all = before.remove(&number).unwrap_or_default().cells;
            all.0.extend(cells);
            rows.push((
                table::account_id.eq(caller.account.id),
                table::import_id.eq(id),
                table::row_number.eq(i32::try_from(number).map_err(Error::internal)?),
                table::is_left_out.eq(fix.is_left_out),
                table::cells.eq(serde_json::to_value(Cells(all.0)).map_err(Error::internal)?),
            ));
        }
        diesel::insert_into(table::table)
            .values(rows)
            .on_conflict((table::account_id, table::import_id, table::row_number))
            .do_update()
            .set((
                table::is_left_out.eq(excluded(table::is_left_out)),
                table::cells.eq(excluded(table::cells)),
            ))
            .execute(conn)?;
        let count: i64 = table::table
            .filter(table::account_id.eq(caller.account.id))
            .filter(table::import_id.eq(id))
            .count()
            .get_result(conn)?;
        if count > MOST {
            let sentence = format!(
                "At most {MOST} rows can be put right here; change the file and upload it again"
            );
            return Err(Error::invalid("rows", Problem::Said(sentence.into())));
        }
        record::begin_again(conn, caller, id, State::Checking)
    })
}
