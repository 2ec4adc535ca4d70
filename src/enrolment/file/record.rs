//! What the database keeps of an import: its counts, and what became of each row.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::tally::{Became, Tally};
use super::verdict::{Mode, Verdict};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::Caller;
use crate::db::schema::{import_rows, imports};
use crate::db::write_rows;
use crate::error::{Error, Result};
use crate::workflows::Entrance;
use crate::{ids, text};

/// What is kept of a file's name, in characters.
const NAME_CHARACTERS: usize = 200;

/// An import under way.
#[derive(Debug, Clone, Copy)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// The number people call it by.
    pub number: i64,
}

/// Begins an import, inside the transaction that writes its leads.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn begin(
    conn: &mut PgConnection,
    caller: &Caller,
    file_name: &str,
    entrance: &Entrance,
    mode: Mode,
) -> Result<Import> {
    let id = ids::new(caller.now);
    let number = diesel::insert_into(imports::table)
        .values((
            imports::account_id.eq(caller.account.id),
            imports::id.eq(id),
            imports::file_name.eq(shown(file_name)),
            imports::mode.eq(mode),
            imports::workflow_id.eq(entrance.workflow_id),
            imports::workflow_name.eq(&entrance.name),
            imports::author.eq(caller.actor_name()),
            imports::created_at.eq(caller.now),
        ))
        .returning(imports::number)
        .get_result(conn)?;
    Ok(Import { id, number })
}

#[derive(Insertable)]
#[diesel(table_name = import_rows, treat_none_as_default_value = false)]
struct Row<'a> {
    account_id: Uuid,
    import_id: Uuid,
    row_number: i32,
    verdict: Verdict,
    code: Option<&'static str>,
    value: Option<&'a str>,
    lead_id: Option<Uuid>,
}

/// Keeps what became of a batch of rows.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn rows(
    conn: &mut PgConnection,
    caller: &Caller,
    import: Import,
    batch: &[(u32, Became)],
) -> Result<()> {
    let rows: Result<Vec<Row<'_>>> = batch
        .iter()
        .map(|(number, became)| {
            let fault = became.fault();
            Ok(Row {
                account_id: caller.account.id,
                import_id: import.id,
                row_number: i32::try_from(*number).map_err(Error::internal)?,
                verdict: became.verdict(),
                code: fault.map(|fault| fault.code.as_str()),
                value: fault.map(|fault| fault.value.as_str()),
                lead_id: became.lead_id(),
            })
        })
        .collect();
    write_rows!(conn, import_rows::table, &rows?)?;
    Ok(())
}

/// Keeps how many rows came to what, and tells the audit.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn finish(
    conn: &mut PgConnection,
    caller: &Caller,
    import: Import,
    file_name: &str,
    entrance: &Entrance,
    tally: &Tally,
) -> Result<()> {
    let count = |rows: usize| i32::try_from(rows).map_err(Error::internal);
    diesel::update(imports::table.find((caller.account.id, import.id)))
        .set((
            imports::rows_read.eq(count(tally.rows_read())?),
            imports::created.eq(count(tally.created)?),
            imports::updated.eq(count(tally.updated)?),
            imports::skipped.eq(count(tally.skipped.count())?),
            imports::failed.eq(count(tally.failed.count())?),
        ))
        .execute(conn)?;
    let data = json!({
        "number": import.number, "file_name": shown(file_name),
        "workflow": {"id": entrance.workflow_id, "name": entrance.name},
        "rows_read": tally.rows_read(), "created": tally.created, "updated": tally.updated,
        "skipped": tally.skipped.count(), "failed": tally.failed.count(),
    });
    let (event, subject, subject_id) = (Event::FileImported, Subject::Import, import.id);
    audit::write(
        conn,
        caller,
        &[Change {
            event,
            subject,
            subject_id,
            data,
        }],
    )
}

/// A file's name is shown, and never used as a path.
fn shown(file_name: &str) -> String {
    let name: String = file_name.chars().filter(|c| !c.is_control()).collect();
    text::at_most(name.trim(), NAME_CHARACTERS).into_owned()
}
