//! The leads of a file that leaves, and what the audit keeps of it.

use diesel::pg::PgConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use super::columns::{Columns, MOST_KEYS};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ids;
use crate::leads::{self, LeadView, Query};
use crate::tabular::{Kind, limits};

/// Leads of one piece: read by one statement, and written before the next is read.
const PIECE: usize = 1_000;

/// Which leads are to leave, and in which kind of file.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Filters and order; the page does not matter.
    pub query: Query,
    /// CSV or XLSX.
    pub kind: Kind,
    /// The filters as people read them, for the audit.
    pub filters: Vec<String>,
}

/// A file of leads that is being made.
#[derive(Debug, Clone)]
pub struct Export {
    /// Its columns.
    pub columns: Columns,
    leads: Vec<Uuid>,
    /// What the audit says of it.
    facts: Value,
}

/// Begins a file of all leads of a list, as it is now, and tells the audit: from here on leads may
/// leave, however much of the file arrives.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::TooLarge`] when a workbook can't hold so many.
pub fn begin_export(conn: &mut PgConnection, caller: &Caller, asked: &Asked) -> Result<Export> {
    let leads = leads::ids(conn, caller, &asked.query)?;
    check_room(asked.kind, leads.len())?;
    let (keys, all) = leads::own_keys(conn, caller, &asked.query, MOST_KEYS)?;
    let format = match asked.kind {
        Kind::Csv => "csv",
        Kind::Xlsx => "xlsx",
    };
    let export = Export {
        facts: json!({
            "export": ids::new(caller.now), "format": format, "filters": asked.filters,
            "leads": leads.len(),
        }),
        columns: Columns::of(keys, all),
        leads,
    };
    export.note(conn, caller, Event::LeadsExportBegun)?;
    Ok(export)
}

impl Export {
    /// How many pieces it has.
    pub fn pieces(&self) -> usize {
        self.leads.len().div_ceil(PIECE)
    }

    /// The leads of a piece, from 0. Those that were deleted meanwhile are missing.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn piece(
        &self,
        conn: &mut PgConnection,
        caller: &Caller,
        number: usize,
    ) -> Result<Vec<LeadView>> {
        let piece = self.leads.chunks(PIECE).nth(number).unwrap_or_default();
        leads::some(conn, caller, piece)
    }

    /// Tells the audit that the last of it is on its way.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database refuses.
    pub fn finish(&self, conn: &mut PgConnection, caller: &Caller) -> Result<()> {
        self.note(conn, caller, Event::LeadsExported)
    }

    fn note(&self, conn: &mut PgConnection, caller: &Caller, event: Event) -> Result<()> {
        let change = Change {
            event,
            subject: Subject::Account,
            subject_id: caller.account.id,
            data: self.facts.clone(),
        };
        audit::write(conn, caller, &[change])
    }
}

/// A workbook whose last leads are silently missing would be worse than none.
fn check_room(kind: Kind, leads: usize) -> Result<()> {
    let room = limits::SHEET_ROWS as usize - 1;
    if kind == Kind::Csv || leads <= room {
        return Ok(());
    }
    Err(Error::TooLarge(format!(
        "An Excel workbook can hold {room} leads, and these are {leads}. Export them as CSV, or \
         narrow the list down."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_refused_before_it_is_full() {
        assert!(check_room(Kind::Xlsx, 1_048_575).is_ok());
        assert!(check_room(Kind::Csv, 5_000_000).is_ok());
        let refused = check_room(Kind::Xlsx, 1_048_576).unwrap_err();
        assert!(matches!(refused, Error::TooLarge(_)));
        assert!(
            refused.to_string().contains("these are 1048576"),
            "{refused}"
        );
    }
}
