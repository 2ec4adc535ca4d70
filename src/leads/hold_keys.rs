//! Of two leads with one number that come at once, the second finds the first: who looks whether a
//! lead is there before writing it holds its keys meanwhile.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::keys::Keys;
use crate::caller::Caller;
use crate::error::Result;
use crate::secrets;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Waits until nobody else holds the key, and holds it to the end of the transaction.
    fn pg_advisory_xact_lock(key: BigInt);
    /// The same with others who hold it in this way.
    fn pg_advisory_xact_lock_shared(key: BigInt);
    /// The same, but says no where it would wait.
    fn pg_try_advisory_xact_lock_shared(key: BigInt) -> Bool;
}

/// Whether to wait for a file of the account's, which holds every key as long as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// As long as it takes; not on threads that others need.
    Waits,
    /// Not at all.
    GivesUp,
}

/// Holds every key of the account until the caller's transaction ends, and waits for them. For
/// files: Postgres has no room for a lock on each of their keys.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn hold_every_key(conn: &mut PgConnection, caller: &Caller) -> Result<()> {
    diesel::select(pg_advisory_xact_lock(of_files(caller))).execute(conn)?;
    Ok(())
}

/// Holds the keys of these leads until the caller's transaction ends, and waits for whoever holds
/// one of them; of several leads at once, those of all others that do not come in a file. Whether
/// they are held: where a file holds them, who [`Patience::GivesUp`] is told no.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn hold_keys(
    conn: &mut PgConnection,
    caller: &Caller,
    keys: &[Keys],
    patience: Patience,
) -> Result<bool> {
    if keys.iter().all(Keys::is_empty) {
        return Ok(true);
    }
    let files = of_files(caller);
    match patience {
        Patience::Waits => _ = diesel::select(pg_advisory_xact_lock_shared(files)).execute(conn)?,
        Patience::GivesUp => {
            let free = diesel::select(pg_try_advisory_xact_lock_shared(files));
            if !free.get_result(conn)? {
                return Ok(false);
            }
        }
    }
    let account = of(caller, "", "");
    let [one] = keys else {
        diesel::select(pg_advisory_xact_lock(account)).execute(conn)?;
        return Ok(true);
    };
    diesel::select(pg_advisory_xact_lock_shared(account)).execute(conn)?;
    let locks = one
        .each()
        .map(|(key, value)| of(caller, key.field(), value));
    let mut locks: Vec<i64> = locks.collect();
    // All take them in one order, so that no two wait for each other.
    locks.sort_unstable();
    for lock in locks {
        diesel::select(pg_advisory_xact_lock(lock)).execute(conn)?;
    }
    Ok(true)
}

/// The random half of the account's id.
fn of_files(caller: &Caller) -> i64 {
    caller.account.id.as_u64_pair().1.cast_signed()
}

fn of(caller: &Caller, field: &str, value: &str) -> i64 {
    let digest = secrets::digest(&format!("{} {field} {value}", caller.account.id));
    let [a, b, c, d, e, f, g, h, ..] = digest;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}
