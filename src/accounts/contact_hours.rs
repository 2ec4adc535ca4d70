//! When the account's leads may be called or written to, unless their workflow says otherwise.

use chrono::TimeDelta;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::AccountRow;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Account, Caller, Permission};
use crate::db::schema::{accounts, workflows};
use crate::error::{Error, Problem, Result};
use crate::hours::ContactHours;

/// The account's contact hours; the usual ones before anybody has set them. Everybody may know
/// them, since they are why leads wait.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn contact_hours(conn: &mut PgConnection, caller: &Caller) -> Result<ContactHours> {
    contact_hours_of(conn, caller.account.id)
}

/// The contact hours of an account, for the worker.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn contact_hours_of(conn: &mut PgConnection, account_id: Uuid) -> Result<ContactHours> {
    let set: Option<Value> = accounts::table
        .find(account_id)
        .select(accounts::contact_hours)
        .first(conn)?;
    read(set)
}

/// An account with its contact hours, for the worker.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn find_with_hours(conn: &mut PgConnection, id: Uuid) -> Result<(Account, ContactHours)> {
    let (row, set): (AccountRow, Option<Value>) = accounts::table
        .find(id)
        .select((AccountRow::as_select(), accounts::contact_hours))
        .first(conn)?;
    Ok((row.try_into()?, read(set)?))
}

/// How long the worker sees to the leads of workflows after the change, as after any move of them.
const SEES_TO_LEADS_FOR: TimeDelta = TimeDelta::minutes(10);

/// Sets the account's contact hours. What waits by them in workflows without hours of their own is
/// asked again: their rows say so here, with the change itself, so that nobody can forget it.
///
/// # Errors
/// [`Error::Forbidden`] without the right to change settings; [`Error::Invalid`] with the field
/// `contact_hours`.
pub fn set_contact_hours(
    conn: &mut PgConnection,
    caller: &Caller,
    hours: &ContactHours,
) -> Result<()> {
    caller.require(Permission::WriteSettings)?;
    hours
        .check()
        .map_err(|sentence| Error::invalid("contact_hours", Problem::Said(sentence.into())))?;
    conn.transaction(|conn| {
        let set: Option<Value> = accounts::table
            .find(caller.account.id)
            .select(accounts::contact_hours)
            .for_update()
            .first(conn)?;
        let before = read(set)?;
        if before == *hours {
            return Ok(());
        }
        let hours = serde_json::to_value(hours).map_err(Error::internal)?;
        diesel::update(accounts::table.find(caller.account.id))
            .set(accounts::contact_hours.eq(&hours))
            .execute(conn)?;
        replan(conn, caller, Hold::ForTheRest)?;
        let change = Change {
            event: Event::AccountUpdated,
            subject: Subject::Account,
            subject_id: caller.account.id,
            data: json!({"changes": {"contact_hours": {"from": before, "to": hours}}}),
        };
        audit::write(conn, caller, &[change])
    })
}

/// Which workflows a setting of the account holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Those without contact hours of their own.
    ForTheRest,
    /// All of them.
    ForAll,
}

/// Marks the workflows by whose hours and zone leads wait that changed; the leads of those that
/// run follow. Inside the transaction of the change.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub(super) fn replan(conn: &mut PgConnection, caller: &Caller, hold: Hold) -> Result<()> {
    let by_them = || {
        let for_all = (hold == Hold::ForAll).into_sql::<Bool>();
        workflows::table
            .filter(workflows::account_id.eq(caller.account.id))
            .filter(workflows::contact_hours.is_null().or(for_all))
    };
    diesel::update(by_them())
        .set(workflows::hours_revision.eq(workflows::hours_revision + 1))
        .execute(conn)?;
    diesel::update(by_them().filter(workflows::status.eq("active")))
        .set(workflows::settles_at.eq(caller.now + SEES_TO_LEADS_FOR))
        .execute(conn)?;
    Ok(())
}

fn read(set: Option<Value>) -> Result<ContactHours> {
    set.map_or_else(
        || Ok(ContactHours::default()),
        |set| serde_json::from_value(set).map_err(Error::internal),
    )
}
