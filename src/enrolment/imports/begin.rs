//! A file comes.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use tempfile::NamedTempFile;
use uuid::Uuid;

use super::super::file::Mode;
use super::super::file::record::shown;
use super::super::file::rows::{unfit, unreadable};
use crate::caller::{Caller, Permission};
use crate::db::schema::imports;
use crate::error::{Error, Result};
use crate::ids;
use crate::tabular::{self, Choices, Row};
use crate::uploads::Uploads;

/// Begins an import with a file that was received; the id of the import. The file is kept first, so
/// that an import never stands without it; one that is kept for nothing is swept away.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] with the field `file` when it can't be read or has no
/// rows; [`Error::TooLarge`].
pub fn begin(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    received: NamedTempFile,
    file_name: &str,
) -> Result<Uuid> {
    caller.require(Permission::ImportLeads)?;
    let (header, choices) = looked_at(received.as_file(), &Choices::default())?;
    let (id, upload_id) = (ids::new(caller.now), ids::new(caller.now));
    uploads.keep(received, upload_id).map_err(Error::internal)?;
    diesel::insert_into(imports::table)
        .values((
            imports::account_id.eq(caller.account.id),
            imports::id.eq(id),
            imports::file_name.eq(shown(file_name)),
            imports::mode.eq(Mode::Lenient),
            imports::state.eq(super::State::Draft),
            imports::author.eq(caller.actor_name()),
            imports::actor_id.eq(caller.person().map(|person| person.id)),
            imports::upload_id.eq(upload_id),
            imports::choices.eq(serde_json::to_value(choices).map_err(Error::internal)?),
            imports::header.eq(header),
            imports::created_at.eq(caller.now),
            imports::changed_at.eq(caller.now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// The header of a file that has rows, and how it was read.
pub(super) fn looked_at(file: &std::fs::File, choices: &Choices) -> Result<(Vec<String>, Choices)> {
    let mut table = tabular::open(file, choices).map_err(unreadable)?;
    let mut row = Row::new();
    if !table.next_row(&mut row).map_err(unreadable)? {
        return Err(unfit("The file has a header and no rows".to_owned()));
    }
    if let Some(name) = table.header().iter().find(|name| name.contains('\0')) {
        let name = name.replace('\0', "�");
        return Err(unfit(format!(
            "The column {name} has a NUL character in its name"
        )));
    }
    Ok((table.header().to_vec(), table.found().choices()))
}
