//! Finding leads again by their number.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use super::lead::Lead;
use crate::caller::Caller;
use crate::db::schema::leads;
use crate::error::Result;

/// Holds back everybody else who looks whether the account has a number before writing it, until
/// the caller's transaction ends: of two that bring the same lead at once, the second finds the
/// first's.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn hold_numbers(conn: &mut PgConnection, caller: &Caller) -> Result<()> {
    // The random half of the account's id.
    let (_, key) = caller.account.id.as_u64_pair();
    diesel::select(pg_advisory_xact_lock(key.cast_signed())).execute(conn)?;
    Ok(())
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// Waits until nobody else holds the key, and holds it to the end of the transaction.
    fn pg_advisory_xact_lock(key: BigInt);
}

/// The oldest lead with each of these E.164 numbers, but for archived ones, held against other
/// changes until the transaction ends; two statements for any number of them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn by_phone(
    conn: &mut PgConnection,
    caller: &Caller,
    phones: &[&str],
) -> Result<HashMap<String, Lead>> {
    let oldest: Vec<Uuid> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::phone_e164.eq_any(phones))
        .filter(leads::archived_at.is_null())
        .distinct_on(leads::phone_e164)
        .order((leads::phone_e164, leads::created_at, leads::id))
        .select(leads::id)
        .load(conn)?;
    if oldest.is_empty() {
        return Ok(HashMap::new());
    }
    let held: Vec<Lead> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(oldest))
        .filter(leads::archived_at.is_null())
        .order(leads::id)
        .select(Lead::as_select())
        .for_no_key_update()
        .load(conn)?;
    let by_phone = held.into_iter();
    Ok(by_phone
        .filter_map(|lead| Some((lead.phone_e164.clone()?, lead)))
        .collect())
}
