//! Recovery codes: ten of them, shown once, kept as digests, each good once.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::check::{accept, count_try};
use crate::audit::Event;
use crate::caller::Caller;
use crate::db::schema::recovery_codes;
use crate::error::Result;
use crate::ids;
use crate::people::own::the_person;
use crate::people::sign_in::forget_tries;
use crate::people::user;
use crate::secrets::{self, Sealer};

const HOW_MANY: usize = 10;
/// 80 bits: nobody finds one from its digest.
const BYTES: usize = 10;

/// Makes the person new recovery codes; those from before work no more. That they know their
/// password was checked before.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] when the caller is no person;
/// [`crate::error::Error::Invalid`] of the field `code`; [`crate::error::Error::TooMany`] after
/// five wrong ones.
pub fn renew_recovery_codes(
    conn: &mut PgConnection,
    caller: &Caller,
    sealer: &Sealer,
    typed: &str,
) -> Result<Vec<String>> {
    let person = the_person(caller)?;
    let who = (caller.account.id, person.id);
    count_try(conn, person.id, caller.now)?;
    conn.transaction(|conn| {
        accept(conn, sealer, who, typed, caller.now)?;
        forget_tries(conn, &person.email)?;
        let codes = replace(conn, caller, person.id)?;
        user::note(conn, caller, Event::RecoveryCodesMade, person.id, json!({}))?;
        Ok(codes)
    })
}

/// Writes ten new codes in the place of those there are: one statement.
pub(super) fn replace(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
) -> Result<Vec<String>> {
    forget(conn, caller, user_id)?;
    let codes: Vec<String> = (0..HOW_MANY).map(|_| random()).collect();
    let rows: Vec<_> = ids::several(caller.now, HOW_MANY)
        .into_iter()
        .zip(&codes)
        .map(|(id, code)| {
            (
                recovery_codes::account_id.eq(caller.account.id),
                recovery_codes::id.eq(id),
                recovery_codes::user_id.eq(user_id),
                recovery_codes::code_hash.eq(secrets::digest(code).to_vec()),
                recovery_codes::created_at.eq(caller.now),
            )
        })
        .collect();
    diesel::insert_into(recovery_codes::table)
        .values(rows)
        .execute(conn)?;
    Ok(codes
        .iter()
        .map(|code| secrets::in_groups(code, "-"))
        .collect())
}

/// Deletes all codes of a person.
pub(super) fn forget(conn: &mut PgConnection, caller: &Caller, user_id: Uuid) -> Result<()> {
    diesel::delete(recovery_codes::table)
        .filter(recovery_codes::account_id.eq(caller.account.id))
        .filter(recovery_codes::user_id.eq(user_id))
        .execute(conn)?;
    Ok(())
}

/// Uses a code up, if there is such a one; of two who show it at once, one finds it.
pub(super) fn take(
    conn: &mut PgConnection,
    (account_id, user_id): (Uuid, Uuid),
    typed: &str,
) -> Result<bool> {
    let taken = diesel::delete(recovery_codes::table)
        .filter(recovery_codes::account_id.eq(account_id))
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::code_hash.eq(secrets::digest(typed).to_vec()))
        .execute(conn)?;
    Ok(taken == 1)
}

/// Small letters and the digits 2 to 7: none is taken for another.
fn random() -> String {
    let mut bytes = [0_u8; BYTES];
    rand::fill(&mut bytes);
    secrets::base32(&bytes).to_lowercase()
}
