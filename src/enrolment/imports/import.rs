//! An import: one uploaded file, from its arrival to what became of it.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::super::file::{Counts, Plan};
use crate::caller::{Caller, Permission};
use crate::db::schema::imports;
use crate::db::text_enum;
use crate::error::{Error, Noun, Result};
use crate::paging::{After, Page, Slice};
use crate::tabular::Choices;

text_enum! {
    /// How far an import is.
    pub enum State {
        /// Its columns and rules are being chosen.
        Draft = "draft",
        /// Its rows are being judged; nothing is written.
        Checking = "checking",
        /// Everybody can see what it would do.
        Checked = "checked",
        /// Its leads are coming in.
        Running = "running",
        /// All its rows have come to something.
        Done = "done",
        /// A person stopped it; what had come in by then is there.
        Cancelled = "cancelled",
        /// It could not go on.
        Failed = "failed",
        /// What it did is being taken back.
        Undoing = "undoing",
        /// What could be taken back was.
        Undone = "undone",
    }
}

impl State {
    /// Whether the worker has something to do.
    pub fn is_at_work(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }

    /// Whether file, columns and rules can still be chosen.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Checking | Self::Checked)
    }

    /// Whether its leads have begun to come in.
    pub fn has_run(self) -> bool {
        !self.is_open()
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// The number people call it by.
    pub number: i64,
    /// What its file was called where it comes from.
    pub file_name: String,
    /// How far it is.
    pub state: State,
    /// Who began it: an e-mail, the name of a key, or `command line`.
    pub author: String,
    /// The person with whose rights it acts: who last had it do something.
    pub actor_id: Option<Uuid>,
    /// The workflow its leads go into, as it was called, when one was chosen.
    pub workflow: Option<String>,
    /// The file, while it is kept; a file of the API never is.
    pub upload_id: Option<Uuid>,
    /// How the file is read, where a person has chosen it.
    pub choices: Choices,
    /// The names of its columns.
    pub header: Vec<String>,
    /// What is done with it, once that is chosen.
    pub plan: Option<Plan>,
    /// What became of its rows so far; before it runs, what would.
    pub counts: Counts,
    /// How many rows the file has, once it was read to its end.
    pub file_rows: Option<i32>,
    /// The number of the last row that was read.
    pub last_row: i32,
    /// How many of its leads have begun in the workflow.
    pub runs_begun: i32,
    /// Why it could not go on.
    pub trouble: Option<String>,
    /// Leads that an undo removed.
    pub removed: i32,
    /// Leads whose fields an undo restored.
    pub restored: i32,
    /// Leads that an undo left as they are, since somebody has worked with them.
    pub left_alone: i32,
    /// When its file came.
    pub created_at: DateTime<Utc>,
    /// When it came to its state.
    pub changed_at: DateTime<Utc>,
    /// When its leads began to come in.
    pub started_at: Option<DateTime<Utc>>,
    /// When the last of them had.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Import {
    /// Its place in the list.
    fn place(&self) -> After {
        After {
            created_at: self.created_at,
            id: self.id,
        }
    }

    /// The plan.
    ///
    /// # Errors
    /// [`Error::Conflict`] when none is chosen yet.
    pub fn planned(&self) -> Result<&Plan> {
        let sentence = "Choose what the columns are for first";
        self.plan
            .as_ref()
            .ok_or_else(|| Error::Conflict(sentence.into()))
    }
}

/// The row as the database holds it.
#[derive(HasQuery)]
#[diesel(table_name = imports)]
pub(super) struct Row {
    id: Uuid,
    number: i64,
    file_name: String,
    state: State,
    author: String,
    actor_id: Option<Uuid>,
    workflow_name: Option<String>,
    upload_id: Option<Uuid>,
    choices: Value,
    header: Vec<String>,
    plan: Option<Value>,
    created: i32,
    updated: i32,
    skipped: i32,
    failed: i32,
    file_rows: Option<i32>,
    last_row: i32,
    runs_begun: i32,
    trouble: Option<String>,
    removed: i32,
    restored: i32,
    left_alone: i32,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Import {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let read = |plan| serde_json::from_value(plan).map_err(Error::internal);
        Ok(Self {
            id: row.id,
            number: row.number,
            file_name: row.file_name,
            state: row.state,
            author: row.author,
            actor_id: row.actor_id,
            workflow: row.workflow_name,
            upload_id: row.upload_id,
            choices: serde_json::from_value(row.choices).map_err(Error::internal)?,
            header: row.header,
            plan: row.plan.map(read).transpose()?,
            counts: Counts {
                created: row.created,
                updated: row.updated,
                skipped: row.skipped,
                failed: row.failed,
            },
            file_rows: row.file_rows,
            last_row: row.last_row,
            runs_begun: row.runs_begun,
            trouble: row.trouble,
            removed: row.removed,
            restored: row.restored,
            left_alone: row.left_alone,
            created_at: row.created_at,
            changed_at: row.changed_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
        })
    }
}

/// Whether a caller may know of an import: its rows are leads of whomever the file gives them to, so
/// whoever does not see every lead knows of those they began.
fn knows(caller: &Caller, row: &Row) -> bool {
    caller.sees.all() || row.author == caller.actor_name()
}

/// An import by its id.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such import, or the caller may not
/// know of it.
pub fn import(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Import> {
    caller.require(Permission::ReadLeads)?;
    let row = Row::query()
        .filter(imports::account_id.eq(caller.account.id))
        .filter(imports::id.eq(id))
        .first(conn)
        .optional()?;
    row.filter(|row| knows(caller, row))
        .ok_or(Error::NotFound(Noun::Import))?
        .try_into()
}

/// An import, held against everybody else, the worker too, until the transaction ends.
pub(super) fn hold(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Import> {
    caller.require(Permission::ImportLeads)?;
    let row = Row::query()
        .filter(imports::account_id.eq(caller.account.id))
        .filter(imports::id.eq(id))
        .for_no_key_update()
        .first(conn)
        .optional()?;
    row.filter(|row| knows(caller, row))
        .ok_or(Error::NotFound(Noun::Import))?
        .try_into()
}

/// A page of the account's imports that the caller may know of, newest first.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn imports(conn: &mut PgConnection, caller: &Caller, slice: &Slice) -> Result<Page<Import>> {
    caller.require(Permission::ReadLeads)?;
    let of_account = imports::account_id.eq(caller.account.id);
    let mut all = imports::table.filter(of_account).into_boxed();
    let mut rows = Row::query()
        .filter(of_account)
        .order((imports::created_at.desc(), imports::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if !caller.sees.all() {
        all = all.filter(imports::author.eq(caller.actor_name()));
        rows = rows.filter(imports::author.eq(caller.actor_name()));
    }
    if let Some(after) = slice.after() {
        let older = imports::created_at.lt(after.created_at);
        let as_old = imports::created_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(imports::id.lt(after.id))));
    }
    let rows: Vec<Row> = rows.load(conn)?;
    let rows: Vec<Import> = rows
        .into_iter()
        .map(Import::try_from)
        .collect::<Result<_>>()?;
    let total = all.count().get_result(conn)?;
    Ok(slice.page(rows, total, Import::place))
}

/// The account's imports that the worker is at and that the caller may know of, the oldest first; at most ten.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn at_work(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Import>> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<Row> = Row::query()
        .filter(imports::account_id.eq(caller.account.id))
        .filter(imports::state.eq_any([State::Checking, State::Running, State::Undoing]))
        .order(imports::changed_at)
        .limit(10)
        .load(conn)?;
    let known = rows.into_iter().filter(|row| knows(caller, row));
    known.map(Import::try_from).collect()
}
