//! `leadline import …`

use std::fs::File;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use uuid::Uuid;

use super::operator;
use crate::db::PgConnection;
use crate::enrolment::{self, Enrolled, Group, Mode, Outcome, Refused, Upload};
use crate::error::{Error, Result};

/// How many rows of a group are named.
const NAMED: usize = 10;

/// What is imported, and where to.
#[derive(Debug, Args)]
pub struct Options {
    /// A CSV or XLSX file with a column phone_number
    file: PathBuf,
    /// The account's id
    #[arg(long, value_name = "ID")]
    account: Uuid,
    /// The workflow its leads are enrolled into
    #[arg(long, value_name = "ID")]
    workflow: Uuid,
    /// Enrol the good rows where others are not right; without it, one such row keeps everything
    /// from being enrolled
    #[arg(long)]
    lenient: bool,
}

/// Enrols the leads of a file; what became of its rows, in one line.
///
/// # Errors
/// As [`enrolment::enrol_file`]; a file that can't be opened; rows that are not right.
pub fn run(conn: &mut PgConnection, now: DateTime<Utc>, options: &Options) -> Result<String> {
    let caller = operator(conn, options.account, now)?;
    let name = options.file.display().to_string();
    let file = File::open(&options.file)
        .map_err(|error| Error::Conflict(format!("{name} can't be opened: {error}")))?;
    let file_name = options.file.file_name().unwrap_or_default();
    let upload = Upload {
        file: &file,
        file_name: &file_name.to_string_lossy(),
    };
    let mode = match options.lenient {
        true => Mode::Lenient,
        false => Mode::Strict,
    };
    match enrolment::enrol_file(conn, &caller, options.workflow, upload, mode)? {
        Outcome::Enrolled(enrolled) => Ok(told(enrolled)),
        Outcome::Refused(refused) => Err(Error::Conflict(why(refused))),
    }
}

fn told(enrolled: Enrolled) -> String {
    let Enrolled { number, tally } = enrolled;
    let (rows, leads) = (tally.rows_read(), tally.enrolled());
    let groups = [tally.skipped, tally.failed]
        .into_iter()
        .flat_map(enrolment::Groups::into_groups);
    let groups: String = groups.map(|group| format!("; {}", said(&group))).collect();
    format!("import {number}: {leads} of {rows} rows enrolled{groups}")
}

fn why(refused: Refused) -> String {
    let Refused { rows_read, rows } = refused;
    let failed = rows.count();
    let groups = rows.into_groups().into_iter();
    let groups: String = groups.map(|group| format!("; {}", said(&group))).collect();
    format!("{failed} of {rows_read} rows can't be enrolled, so none was{groups}")
}

/// `2 × phone_number is not a valid phone number (rows 4, 18)`
fn said(group: &Group) -> String {
    let rows = group.rows.iter().take(NAMED).map(u32::to_string);
    let rows = rows.collect::<Vec<_>>().join(", ");
    let more = match group.count > NAMED {
        true => " and others",
        false => "",
    };
    format!("{} × {} (rows {rows}{more})", group.count, group.sentence)
}
