//! What the database keeps of an import: its counts, and what became of each row.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::tally::{Became, Counts};
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
    entrance: Option<&Entrance>,
    mode: Mode,
) -> Result<Import> {
    let id = ids::new(caller.now);
    let number = diesel::insert_into(imports::table)
        .values((
            imports::account_id.eq(caller.account.id),
            imports::id.eq(id),
            imports::file_name.eq(shown(file_name)),
            imports::mode.eq(mode),
            imports::workflow_id.eq(entrance.map(|one| one.workflow_id)),
            imports::workflow_name.eq(entrance.map(|one| one.name.as_str())),
            imports::author.eq(caller.actor_name()),
            imports::created_at.eq(caller.now),
            imports::changed_at.eq(caller.now),
            imports::started_at.eq(caller.now),
            imports::ended_at.eq(caller.now),
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
    field: Option<&'a str>,
    value: Option<&'a str>,
    reason: Option<&'a str>,
    lead_id: Option<Uuid>,
    run_id: Option<Uuid>,
    revision: Option<i32>,
    changes: Option<Value>,
}

/// Keeps what became of a batch of rows.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn rows<'a>(
    conn: &mut PgConnection,
    caller: &Caller,
    import_id: Uuid,
    batch: impl Iterator<Item = (u32, &'a Became)>,
) -> Result<()> {
    let rows: Result<Vec<Row<'_>>> = batch
        .map(|(number, became)| {
            let (fault, written) = (became.fault(), became.written());
            let changes = written.filter(|written| !written.changes.is_empty());
            Ok(Row {
                account_id: caller.account.id,
                import_id,
                row_number: i32::try_from(number).map_err(Error::internal)?,
                verdict: became.verdict(),
                code: fault.map(|fault| fault.code.as_str()),
                field: fault
                    .map(|fault| fault.field.as_ref())
                    .filter(|field| !field.is_empty()),
                value: fault.map(|fault| fault.value.as_str()),
                reason: fault.map(|fault| fault.sentence.as_ref()),
                lead_id: became.lead_id(),
                run_id: written.and_then(|written| written.run_id),
                revision: written.map(|written| written.revision),
                changes: changes.map(|written| Value::Object(written.changes.clone())),
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
    entrance: Option<&Entrance>,
    counts: &Counts,
) -> Result<()> {
    diesel::update(imports::table.find((caller.account.id, import.id)))
        .set((
            imports::rows_read.eq(counts.rows_read()),
            imports::created.eq(counts.created),
            imports::updated.eq(counts.updated),
            imports::skipped.eq(counts.skipped),
            imports::failed.eq(counts.failed),
        ))
        .execute(conn)?;
    let workflow = entrance.map(|one| (one.workflow_id, one.name.as_str()));
    told(conn, caller, import, file_name, workflow, counts)
}

/// Tells the audit what became of a file.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn told(
    conn: &mut PgConnection,
    caller: &Caller,
    import: Import,
    file_name: &str,
    workflow: Option<(Uuid, &str)>,
    counts: &Counts,
) -> Result<()> {
    let workflow = workflow.map(|(id, name)| json!({"id": id, "name": name}));
    let mut data = json!({
        "number": import.number, "file_name": shown(file_name), "workflow": workflow,
        "rows_read": counts.rows_read(), "created": counts.created, "updated": counts.updated,
        "skipped": counts.skipped, "failed": counts.failed,
    });
    if let Value::Object(data) = &mut data {
        data.retain(|_, value| !value.is_null());
    }
    audit::write(
        conn,
        caller,
        &[change(Event::FileImported, import.id, data)],
    )
}

/// An entry about an import.
pub fn change(event: Event, import_id: Uuid, data: Value) -> Change {
    Change {
        event,
        subject: Subject::Import,
        subject_id: import_id,
        data,
    }
}

/// A file's name is shown, and never used as a path.
pub fn shown(file_name: &str) -> String {
    let name: String = file_name.chars().filter(|c| !c.is_control()).collect();
    text::at_most(name.trim(), NAME_CHARACTERS).into_owned()
}
