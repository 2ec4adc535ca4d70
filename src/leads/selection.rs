//! Which leads are meant where many are given away at once.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::filter::{Filtered, Query};
use super::keys::Keys;
use super::page::COUNT_UP_TO;
use super::sight::seen;
use crate::caller::Caller;
use crate::db::schema::leads;
use crate::error::{Error, Problem, Result};

/// Leads that change in one transaction, at most: as many as a list is counted.
pub const ASSIGNED_AT_ONCE: i64 = COUNT_UP_TO;

/// Which leads are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These; those that are gone, and those that the caller does not see, are passed over.
    These(Vec<Uuid>),
    /// Everything that a list holds, wherever its page begins.
    Listed(Box<Query>),
}

/// A lead that may get another owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: Uuid,
    /// The team it is in.
    pub team_id: Option<Uuid>,
    /// What it is known by.
    pub keys: Keys,
}

/// The leads that are meant, in no order.
///
/// # Errors
/// [`Error::Invalid`] for more than [`ASSIGNED_AT_ONCE`].
pub fn selected(
    conn: &mut PgConnection,
    caller: &Caller,
    selection: &Selection,
) -> Result<Vec<Candidate>> {
    let found = match selection {
        Selection::These(ids) => {
            let these = leads::table
                .filter(leads::account_id.eq(caller.account.id))
                .filter(leads::id.eq_any(ids.clone()));
            seen(these.into_boxed(), caller)
        }
        Selection::Listed(query) => query.filtered(caller),
    };
    let found = candidates(conn, found.limit(ASSIGNED_AT_ONCE + 1))?;
    if found.len() as i64 > ASSIGNED_AT_ONCE {
        let said = "These are more than 10,000 leads; filter the list until it has fewer";
        return Err(Error::invalid("leads", Problem::Said(said.into())));
    }
    Ok(found)
}

/// Some of the leads that a person has, at most [`ASSIGNED_AT_ONCE`], held from here on: what somebody
/// else gives away at this moment is theirs to give.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn some_of(
    conn: &mut PgConnection,
    caller: &Caller,
    person_id: Uuid,
) -> Result<Vec<Candidate>> {
    let ids: Vec<Uuid> = owned(caller, person_id)
        .order(leads::id)
        .select(leads::id)
        .limit(ASSIGNED_AT_ONCE)
        .for_no_key_update()
        .load(conn)?;
    let held = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids));
    candidates(conn, held.into_boxed())
}

fn candidates(conn: &mut PgConnection, found: Filtered) -> Result<Vec<Candidate>> {
    type Row = (
        Uuid,
        Option<Uuid>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let rows: Vec<Row> = found
        .select((
            leads::id,
            leads::team_id,
            leads::phone_e164,
            leads::email,
            leads::external_id,
        ))
        .load(conn)?;
    let candidate = |(id, team_id, phone, email, external_id): Row| Candidate {
        id,
        team_id,
        keys: Keys::read(phone, email.as_deref(), external_id.as_deref()),
    };
    Ok(rows.into_iter().map(candidate).collect())
}

/// All that a person has, those that are put away too.
#[diesel::dsl::auto_type]
pub(super) fn owned<'a>(caller: &'a Caller, person_id: Uuid) -> _ {
    let account_id: Uuid = caller.account.id;
    leads::table
        .filter(leads::account_id.eq(account_id))
        .filter(leads::owner_id.eq(person_id))
}
