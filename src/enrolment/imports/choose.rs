//! How the file is read, and what its columns are for.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::file::plan::SOURCE;
use super::super::file::{Existing, MatchBy, Owners, Plan, Target, columns};
use super::begin::looked_at;
use super::import::{Import, State, hold};
use super::preview::open;
use super::record;
use super::suggest::remembered;
use crate::caller::{Caller, Duplicates};
use crate::db::schema::{import_fixes, imports};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::phone::Country;
use crate::tabular::Choices;
use crate::uploads::Uploads;

/// Chooses how the file is read. With another header the columns have to be chosen again; rows
/// that were put right are forgotten, since they may not be the same rows any more.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] with the field `file` when the file
/// can't be read like this; [`Error::Conflict`] when the import has run.
pub fn choose_file(
    conn: &mut PgConnection,
    caller: &Caller,
    uploads: &Uploads,
    id: Uuid,
    choices: &Choices,
) -> Result<()> {
    conn.transaction(|conn| {
        let import = open_one(conn, caller, id)?;
        let file = open(uploads, &import)?;
        let (header, choices) = looked_at(&file, choices)?;
        if choices == import.choices {
            return Ok(());
        }
        if header != import.header {
            diesel::update(imports::table.find((caller.account.id, id)))
                .set(imports::plan.eq(None::<serde_json::Value>))
                .execute(conn)?;
        }
        diesel::delete(
            import_fixes::table
                .filter(import_fixes::account_id.eq(caller.account.id))
                .filter(import_fixes::import_id.eq(id)),
        )
        .execute(conn)?;
        diesel::update(imports::table.find((caller.account.id, id)))
            .set((
                imports::header.eq(header),
                imports::choices.eq(serde_json::to_value(choices).map_err(Error::internal)?),
            ))
            .execute(conn)?;
        record::begin_again(conn, caller, id, State::Draft)
    })
}

/// Chooses what the columns are for, and the country of numbers without a plus; the account's when
/// there is none. The rules of a plan that is new are those of the last file with this header.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Invalid`] with the fields `column_<place>`,
/// `columns` and `country`; [`Error::Conflict`] when the import has run.
pub fn choose_columns(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    targets: Vec<Target>,
    country: Option<String>,
) -> Result<()> {
    conn.transaction(|conn| {
        let import = open_one(conn, caller, id)?;
        let mut errors = FieldErrors::default();
        if targets.len() != import.header.len() {
            let sentence = "The file was read in another way in the meantime; look at it again";
            errors.push("columns", Problem::Said(sentence.into()));
        }
        columns::check(&targets, &mut errors);
        let says_something = targets
            .iter()
            .any(|target| !matches!(target, Target::Ignored | Target::Nameless));
        if !says_something {
            let sentence = "Say of one column at least what it is for";
            errors.push("columns", Problem::Said(sentence.into()));
        }
        if let Some(country) = &country
            && Country::of(country).is_none()
        {
            errors.push("country", Problem::MustBe("a country of the list"));
        }
        let targets = errors.or(targets)?;
        let plan = match &import.plan {
            Some(plan) => Plan {
                columns: targets,
                country,
                ..plan.clone()
            },
            None => Plan {
                columns: targets,
                country,
                ..unruled(conn, caller, &import)?
            },
        };
        record::plan(conn, caller, id, &plan, None)?;
        record::begin_again(conn, caller, id, State::Draft)
    })
}

/// A plan whose rules nobody has chosen yet: those of the last file with this header, or what the
/// account does with leads of files that it has already.
fn unruled(conn: &mut PgConnection, caller: &Caller, import: &Import) -> Result<Plan> {
    if let Some(plan) = remembered(conn, caller, import)? {
        return Ok(plan);
    }
    let (match_by, existing) = match caller.account.duplicates.file {
        Duplicates::Allow => (Vec::new(), Existing::Fill),
        Duplicates::Reuse => (MatchBy::ALL.to_vec(), Existing::Fill),
        Duplicates::Refuse => (MatchBy::ALL.to_vec(), Existing::Skip),
    };
    Ok(Plan {
        columns: Vec::new(),
        country: None,
        needs_phone: false,
        workflow_id: None,
        match_by,
        existing,
        owners: Owners::Rotation,
        campaign_id: None,
        source: SOURCE.to_owned(),
        tags: Vec::new(),
        starts_a_day: None,
    })
}

/// An import that has not run, held.
pub(super) fn open_one(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Import> {
    let import = hold(conn, caller, id)?;
    match import.state.is_open() {
        true => Ok(import),
        false => Err(Error::Conflict(format!(
            "Import {} has begun to bring its leads in and can't be changed any more",
            import.number
        ))),
    }
}
