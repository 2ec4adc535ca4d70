//! Taking back what an import did, as far as nobody has built on it.

use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::file::Verdict;
use super::import::{Import, State};
use super::record::come_to;
use super::turn::end_undo;
use crate::caller::Caller;
use crate::db::schema::{import_rows as rows, imports};
use crate::error::{Error, Result};
use crate::{leads, workflows};

/// Rows that are taken back in one transaction.
const BATCH: i64 = 1_000;

/// What became of a row when its import was undone.
const REMOVED: &str = "removed";
const RESTORED: &str = "restored";
const LEFT_ALONE: &str = "left_alone";

#[derive(HasQuery)]
#[diesel(table_name = rows)]
struct Row {
    row_number: i32,
    verdict: Verdict,
    lead_id: Option<Uuid>,
    run_id: Option<Uuid>,
    revision: Option<i32>,
    changes: Option<Value>,
}

impl Row {
    fn lead(&self) -> Option<(Uuid, i32)> {
        self.lead_id.zip(self.revision)
    }
}

/// Takes one batch back, inside the transaction that says how far it came; the last row, or nothing
/// when there are no more.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub(super) fn batch(
    conn: &mut PgConnection,
    caller: &Caller,
    import: &Import,
) -> Result<Option<i32>> {
    let next: Vec<Row> = Row::query()
        .filter(rows::account_id.eq(caller.account.id))
        .filter(rows::import_id.eq(import.id))
        .filter(rows::row_number.gt(import.last_row))
        .filter(rows::verdict.eq_any([Verdict::Created, Verdict::Updated]))
        .filter(rows::undone.is_null())
        .order(rows::row_number)
        .limit(BATCH)
        .load(conn)?;
    let Some(last) = next.last() else {
        come_to(conn, caller, import.id, State::Undone)?;
        end_undo(conn, caller, import)?;
        return Ok(None);
    };
    let last_row = last.row_number;
    let (created, updated): (Vec<Row>, Vec<Row>) = next
        .into_iter()
        .partition(|row| row.verdict == Verdict::Created);
    let removed = remove(conn, caller, &created)?;
    let restored = restore(conn, caller, &updated)?;
    let of = |row: &Row| match row.lead_id {
        Some(id) if removed.contains(&id) => REMOVED,
        Some(id) if restored.contains(&id) => RESTORED,
        _ => LEFT_ALONE,
    };
    let undone: Vec<(i32, &str)> = created
        .iter()
        .chain(&updated)
        .map(|row| (row.row_number, of(row)))
        .collect();
    note(conn, caller, import, last_row, &undone)?;
    Ok(Some(last_row))
}

/// Deletes those leads that nobody has touched.
fn remove(conn: &mut PgConnection, caller: &Caller, created: &[Row]) -> Result<HashSet<Uuid>> {
    let wanted: Vec<(Uuid, i32)> = created.iter().filter_map(Row::lead).collect();
    let ids = leads::untouched(conn, caller, &wanted)?;
    leads::delete_many(conn, caller, &ids)?;
    Ok(ids.into_iter().collect())
}

/// Gives leads back what they said, and takes those out of the workflow that have not begun there.
fn restore(conn: &mut PgConnection, caller: &Caller, updated: &[Row]) -> Result<HashSet<Uuid>> {
    let run_ids: Vec<Uuid> = updated.iter().filter_map(|row| row.run_id).collect();
    let withdrawn = workflows::withdraw(conn, caller, &run_ids)?;
    let ids: Vec<Uuid> = updated.iter().filter_map(|row| row.lead_id).collect();
    let mut there = leads::hold_many(conn, caller, &ids)?;
    let campaigns = leads::campaigns_of(conn, caller)?;
    let none = Map::new();
    let mut merges = Vec::new();
    let mut restored = HashSet::new();
    for row in updated {
        let Some(lead) = row.lead_id.and_then(|id| there.remove(&id)) else {
            continue;
        };
        let changes = row
            .changes
            .as_ref()
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let country = &caller.account.default_country;
        let merge = leads::taken_back(&lead, changes, &campaigns, country);
        let has_left = row.run_id.is_some_and(|id| withdrawn.contains(&id));
        if has_left || !merge.changes().is_empty() {
            restored.insert(lead.id);
        }
        if !merge.changes().is_empty() {
            merges.push((merge, None));
        }
    }
    leads::place(conn, caller, &merges)?;
    Ok(restored)
}

/// Keeps what became of the rows, and counts it.
fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    import: &Import,
    last_row: i32,
    undone: &[(i32, &str)],
) -> Result<()> {
    let (numbers, words): (Vec<i32>, Vec<&str>) = undone.iter().copied().unzip();
    diesel::sql_query(
        "UPDATE import_rows r SET undone = u.undone FROM unnest($3, $4) AS u (number, undone)
         WHERE r.account_id = $1 AND r.import_id = $2 AND r.row_number = u.number",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<SqlUuid, _>(import.id)
    .bind::<Array<diesel::sql_types::Int4>, _>(numbers)
    .bind::<Array<Text>, _>(&words)
    .execute(conn)?;
    let count = |word: &str| {
        let count = words.iter().filter(|one| **one == word).count();
        i32::try_from(count).map_err(Error::internal)
    };
    diesel::update(imports::table.find((caller.account.id, import.id)))
        .set((
            imports::removed.eq(imports::removed + count(REMOVED)?),
            imports::restored.eq(imports::restored + count(RESTORED)?),
            imports::left_alone.eq(imports::left_alone + count(LEFT_ALONE)?),
            imports::last_row.eq(last_row),
        ))
        .execute(conn)?;
    Ok(())
}
