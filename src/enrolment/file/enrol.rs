//! Enrolling the leads of a file: all of them in one transaction, so that nothing is ever half
//! written.

use std::collections::BTreeSet;
use std::fs::File;
use std::iter::repeat_n;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::super::intake::by_turns;
use super::columns;
use super::decide::decide;
use super::fixes::Fixes;
use super::ground::Ground;
use super::groups::Groups;
use super::judge::{self, Judged};
use super::past::Past;
use super::plan::{Plan, Target};
use super::record;
use super::rows::{Rows, unfit, unreadable};
use super::starts::Starts;
use super::tally::Tally;
use super::verdict::Mode;
use super::write::write;
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Result};
use crate::leads;
use crate::rotations::Turns;
use crate::tabular::{self, Choices};

/// A file that was uploaded.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// What it holds.
    pub file: &'a File,
    /// What it was called where it comes from; only ever shown.
    pub file_name: &'a str,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its leads are in the workflow.
    Enrolled(Enrolled),
    /// Nothing was written, since some of its rows are not right.
    Refused(Refused),
}

/// A file whose leads are in the workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The number of the import.
    pub number: i64,
    /// What became of its rows.
    pub tally: Tally,
}

/// A file of which nothing was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused {
    /// All its rows.
    pub rows_read: usize,
    /// Those that are not right.
    pub rows: Groups,
}

/// Enrols the leads of a file into a workflow (contract §4). A lead that the account has already,
/// by its number, is enrolled and its metadata merged; rows whose leads are in a workflow already,
/// or stand on the do-not-contact list, are passed over. With [`Mode::Strict`] one row that is
/// not right keeps everything from being written.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such workflow;
/// [`Error::Conflict`] when it is over; [`Error::Invalid`] with the field `file` when the file
/// can't be read at all.
pub fn enrol_file(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    upload: Upload<'_>,
    mode: Mode,
) -> Result<Outcome> {
    caller.require(Permission::WriteLeads)?;
    let columns = columns(upload.file)?;
    let plan = Plan::of_contract(columns, workflow_id, caller.account.duplicates.file);
    let ground = Ground::load(conn, caller, plan)?;
    let rows = match mode {
        Mode::Lenient => Rows::open(upload.file, &Choices::default())?.count()?,
        Mode::Strict => {
            let refused = faults(conn, caller, &ground, upload)?;
            if refused.rows.count() > 0 {
                return Ok(Outcome::Refused(refused));
            }
            refused.rows_read
        }
    };
    let done = by_turns(conn, caller, repeat_n(None, rows), |conn, turns| {
        let enrolled = enrol(conn, caller, &ground, upload, mode, turns)?;
        // Only what changed since the rows were looked at can be in the way now.
        match mode == Mode::Strict && enrolled.tally.failed.count() > 0 {
            true => Err(Undone::Refused(Box::new(enrolled.tally))),
            false => Ok(enrolled),
        }
    });
    match done {
        Ok(enrolled) => Ok(Outcome::Enrolled(enrolled)),
        Err(Undone::Refused(tally)) => Ok(Outcome::Refused(Refused {
            rows_read: tally.rows_read(),
            rows: tally.failed,
        })),
        Err(Undone::Error(error)) => Err(error),
    }
}

/// Why a transaction was undone.
enum Undone {
    Refused(Box<Tally>),
    Error(Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Error(error.into())
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// What the columns of a file are for, by its header.
fn columns(file: &File) -> Result<Vec<Target>> {
    let table = tabular::open(file, &Choices::default()).map_err(unreadable)?;
    columns::of_contract(table.header())
}

/// What is wrong with the rows; nothing is written.
fn faults(
    conn: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    upload: Upload<'_>,
) -> Result<Refused> {
    let mut refused = Refused::default();
    each_batch(conn, caller, ground, upload, |_, numbers, batch| {
        refused.rows_read += batch.len();
        for (row, judged) in numbers.into_iter().zip(batch) {
            if let Judged::Fault(fault) = judged {
                refused.rows.push(row, fault);
            }
        }
        Ok(())
    })?;
    Ok(refused)
}

/// Writes what can be written, inside the caller's transaction.
fn enrol(
    conn: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    upload: Upload<'_>,
    mode: Mode,
    turns: &mut Turns,
) -> Result<Enrolled> {
    leads::hold_every_key(conn, caller)?;
    let entrance = ground.entrance.as_deref();
    let import = record::begin(conn, caller, upload.file_name, entrance, mode)?;
    let mut tally = Tally::default();
    let mut past = Past::of_run(BTreeSet::new(), 0, Starts::at_once(caller.now));
    each_batch(conn, caller, ground, upload, |conn, numbers, batch| {
        let decided = decide(conn, caller, ground, &mut past, batch)?;
        let became = write(conn, caller, turns, decided, Event::LeadImported)?;
        let rows = numbers.iter().copied().zip(&became);
        record::rows(conn, caller, import.id, rows)?;
        for (row, became) in numbers.into_iter().zip(became) {
            tally.count(row, became);
        }
        Ok(())
    })?;
    let (file_name, counts) = (upload.file_name, &tally.counts);
    record::finish(conn, caller, import, file_name, entrance, counts)?;
    let number = import.number;
    Ok(Enrolled { number, tally })
}

/// Reads a file and judges its rows, batch by batch, so that memory stays flat however long it is.
fn each_batch(
    conn: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    upload: Upload<'_>,
    mut work: impl FnMut(&mut PgConnection, Vec<u32>, Vec<Judged>) -> Result<()>,
) -> Result<()> {
    let mut rows = Rows::open(upload.file, &Choices::default())?;
    let mut is_empty = true;
    let none = Fixes::new();
    while let Some((numbers, read)) = rows.batch(ground, &none)? {
        is_empty = false;
        let judged = judge::judge(conn, caller, &ground.catalogue, read)?;
        work(conn, numbers, judged)?;
    }
    match is_empty {
        true => Err(unfit("The file has a header and no rows".to_owned())),
        false => Ok(()),
    }
}
