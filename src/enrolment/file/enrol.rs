//! Enrolling the leads of a file: all of them in one transaction, so that nothing is ever half
//! written.

use std::fs::File;
use std::sync::Arc;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use uuid::Uuid;

use super::code::Code;
use super::columns::Columns;
use super::groups::Groups;
use super::judge::{Judge, Judged};
use super::record;
use super::row::Fault;
use super::tally::{Became, Tally};
use super::verdict::Mode;
use super::write::write;
use crate::caller::{Caller, Permission};
use crate::error::{Error, Noun, Problem, Result};
use crate::leads::{self, Resolved};
use crate::tabular::{self, Choices};
use crate::telephony::{self, Reach, Rules};
use crate::workflows::{self, Entrance};

/// Rows that are judged, and written, at once.
const BATCH: usize = 2_000;

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
    let entrance = entrance(conn, caller, workflow_id)?;
    let rules = telephony::rules(conn, &caller.account)?;
    let reach = entrance.reach(&rules);
    if mode == Mode::Strict {
        let refused = faults(conn, caller, upload, &rules, reach)?;
        if refused.rows.count() > 0 {
            return Ok(Outcome::Refused(refused));
        }
    }
    let done = conn.transaction(|conn| {
        let enrolled = enrol(conn, caller, &entrance, upload, mode, (&rules, reach))?;
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

/// The workflow, when it takes leads.
pub(super) fn entrance(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
) -> Result<Arc<Entrance>> {
    let entrance = workflows::entrances(conn, caller, &[workflow_id])?.remove(&workflow_id);
    let entrance = entrance.ok_or(Error::NotFound(Noun::Workflow))?;
    entrance.check_takes_leads()?;
    Ok(Arc::new(entrance))
}

/// What is wrong with the rows; nothing is written.
fn faults(
    conn: &mut PgConnection,
    caller: &Caller,
    upload: Upload<'_>,
    rules: &Rules,
    reach: Reach,
) -> Result<Refused> {
    let mut refused = Refused::default();
    each_batch(conn, caller, upload, (rules, reach), |_, batch| {
        refused.rows_read += batch.len();
        for (row, judged) in batch {
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
    entrance: &Arc<Entrance>,
    upload: Upload<'_>,
    mode: Mode,
    by: (&Rules, Reach),
) -> Result<Enrolled> {
    leads::hold_numbers(conn, caller)?;
    let import = record::begin(conn, caller, upload.file_name, entrance, mode)?;
    let mut tally = Tally::default();
    each_batch(conn, caller, upload, by, |conn, batch| {
        let batch = write_batch(conn, caller, entrance, batch)?;
        record::rows(conn, caller, import, &batch)?;
        for (row, became) in batch {
            tally.count(row, became);
        }
        Ok(())
    })?;
    record::finish(conn, caller, import, upload.file_name, entrance, &tally)?;
    let number = import.number;
    Ok(Enrolled { number, tally })
}

/// Writes the leads of a batch; its rows keep their order.
fn write_batch(
    conn: &mut PgConnection,
    caller: &Caller,
    entrance: &Arc<Entrance>,
    batch: Vec<(u32, Judged)>,
) -> Result<Vec<(u32, Became)>> {
    let mut leads: Vec<Resolved> = Vec::with_capacity(batch.len());
    let mut became: Vec<(u32, Option<Became>)> = Vec::with_capacity(batch.len());
    for (row, judged) in batch {
        became.push(match judged {
            Judged::Lead(lead) => {
                leads.push(*lead);
                (row, None)
            }
            Judged::Duplicate(phone) => (row, Some(Became::Skipped(duplicate(&phone), None))),
            Judged::Fault(fault) => (row, Some(Became::Failed(fault))),
        });
    }
    let mut written = write(conn, caller, entrance, leads)?.into_iter();
    became
        .into_iter()
        .map(|(row, became)| {
            let became = became.or_else(|| written.next());
            let became = became.ok_or_else(|| Error::internal("a lead was not written"))?;
            Ok((row, became))
        })
        .collect()
}

fn duplicate(phone: &str) -> Fault {
    let sentence = "An earlier row has the same phone number";
    Fault::new(Code::DuplicateInFile, sentence, phone)
}

/// Reads a file and judges its rows, batch by batch, so that memory stays flat however long it is.
fn each_batch(
    conn: &mut PgConnection,
    caller: &Caller,
    upload: Upload<'_>,
    (rules, reach): (&Rules, Reach),
    mut work: impl FnMut(&mut PgConnection, Vec<(u32, Judged)>) -> Result<()>,
) -> Result<()> {
    let mut table = tabular::open(upload.file, &Choices::default()).map_err(unreadable)?;
    let columns = Columns::of(table.header())?;
    let mut judge = Judge::new(rules, reach);
    let mut row = tabular::Row::default();
    let mut is_empty = true;
    loop {
        let (mut numbers, mut read) = (Vec::new(), Vec::new());
        while numbers.len() < BATCH && table.next_row(&mut row).map_err(unreadable)? {
            numbers.push(row.number());
            read.push(judge.read(&columns, &row));
        }
        if numbers.is_empty() {
            break;
        }
        is_empty = false;
        let judged = judge.judge(conn, caller, read)?;
        work(conn, numbers.into_iter().zip(judged).collect())?;
    }
    match is_empty {
        true => Err(unfit("The file has a header and no rows".to_owned())),
        false => Ok(()),
    }
}

fn unreadable(fault: tabular::Fault) -> Error {
    match fault {
        tabular::Fault::TooLarge(_) => Error::TooLarge(fault.to_string()),
        tabular::Fault::Io(error) => Error::internal(error),
        fault => unfit(fault.to_string()),
    }
}

fn unfit(sentence: String) -> Error {
    Error::invalid("file", Problem::Said(sentence.into()))
}
