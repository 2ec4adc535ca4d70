//! New entries, until the leads they name have been seen to.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::entry::Entry;
use crate::db::schema::do_not_contact_entries as entries;
use crate::error::Result;

/// How long an entry is looked at again: whoever was just being enrolled is there by then, and
/// whoever was held by somebody else is free.
const WITHIN: TimeDelta = TimeDelta::minutes(10);
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// Entries of any account that are to be looked at now, at most `limit`, each with its account and
/// held until the transaction ends; those that another worker has are passed over.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn unseen(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(Uuid, Entry)>> {
    Ok(entries::table
        .filter(entries::look_at.le(now))
        .order(entries::look_at)
        .limit(limit)
        .select((entries::account_id, Entry::as_select()))
        .for_no_key_update()
        .skip_locked()
        .load(conn)?)
}

/// Says that the leads of these entries, each with its account, were seen to as they stand now.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn seen_to(conn: &mut PgConnection, those: &[(Uuid, Uuid)], now: DateTime<Utc>) -> Result<()> {
    if those.is_empty() {
        return Ok(());
    }
    let (accounts, ids): (Vec<Uuid>, Vec<Uuid>) = those.iter().copied().unzip();
    let seen = || {
        entries::table
            .filter(entries::account_id.eq_any(&accounts))
            .filter(entries::id.eq_any(&ids))
    };
    diesel::update(seen().filter(entries::created_at.gt(now - WITHIN)))
        .set(entries::look_at.eq(now + AGAIN))
        .execute(conn)?;
    diesel::update(seen().filter(entries::created_at.le(now - WITHIN)))
        .set(entries::look_at.eq(None::<DateTime<Utc>>))
        .execute(conn)?;
    Ok(())
}
