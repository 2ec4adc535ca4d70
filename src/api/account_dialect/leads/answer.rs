//! Leads with what else their answer tells: who made them, and what happened to them.

use uuid::Uuid;

use super::json::LeadJson;
use crate::api::entry::EntryJson;
use crate::caller::Caller;
use crate::db::PgConnection;
use crate::error::{Error, Result};
use crate::leads::LeadView;
use crate::{audit, people};

/// How many entries an answer tells of one lead, the newest; the calls of the audit tell all.
const OF_ONE: i64 = 100;
/// The same of each lead in a list.
const OF_EACH: i64 = 20;

/// One lead of the account that the call named so.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn one(
    conn: &mut PgConnection,
    caller: &Caller,
    view: LeadView,
    account: &str,
) -> Result<LeadJson> {
    let mut leads = told(conn, caller, vec![view], account, OF_ONE)?;
    let none = || Error::internal("one lead was given and none came back");
    leads.pop().ok_or_else(none)
}

/// The leads of a list: two queries, however many they are.
///
/// # Errors
/// As [`one`].
pub fn many(
    conn: &mut PgConnection,
    caller: &Caller,
    views: Vec<LeadView>,
    account: &str,
) -> Result<Vec<LeadJson>> {
    told(conn, caller, views, account, OF_EACH)
}

fn told(
    conn: &mut PgConnection,
    caller: &Caller,
    views: Vec<LeadView>,
    account: &str,
    entries_of_each: i64,
) -> Result<Vec<LeadJson>> {
    let makers = views.iter().filter_map(|view| view.lead.created_by_id);
    let emails = people::emails(conn, caller, &makers.collect::<Vec<Uuid>>())?;
    let ids: Vec<Uuid> = views.iter().map(|view| view.lead.id).collect();
    let mut entries = audit::of_subjects(conn, caller, &ids, entries_of_each)?;
    let lead = |view: LeadView| {
        let created_by = view.lead.created_by_id;
        let created_by = created_by.and_then(|id| emails.get(&id).cloned());
        let log = entries.remove(&view.lead.id).unwrap_or_default();
        let log = log.into_iter().map(|entry| EntryJson::of(entry, account));
        LeadJson::of(view, account.to_owned(), created_by, log.collect())
    };
    Ok(views.into_iter().map(lead).collect())
}
