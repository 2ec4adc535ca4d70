//! How codes come on: the app gets a secret, and then its person shows that it makes the right
//! codes of it. Only from then on does the door ask.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::upsert::excluded;
use serde_json::json;
use uuid::Uuid;

use super::check::{as_typed, count_try, forget_code_tries, wrong};
use super::recovery;
use super::secret::{Row, load, opened, sealed};
use crate::audit::Event;
use crate::caller::Caller;
use crate::db::schema::two_factor_secrets;
use crate::error::{Error, Result};
use crate::ids;
use crate::people::own::{end_sessions, the_person};
use crate::people::sign_in::forget_tries;
use crate::people::user;
use crate::secrets::{Sealer, TotpSecret};

/// Makes the person a secret for their app, another one each time. It opens nothing and keeps
/// nobody out until [`turn_on_codes`], so the audit does not speak of it.
///
/// # Errors
/// [`Error::Forbidden`] when the caller is no person; [`Error::Conflict`] when codes are on.
pub fn begin_codes(conn: &mut PgConnection, caller: &Caller, sealer: &Sealer) -> Result<()> {
    use diesel::query_dsl::methods::FilterDsl as _;
    use two_factor_secrets::{
        account_id, created_at, id, sealed_secret, table, turned_on_at, user_id,
    };
    let person = the_person(caller)?;
    let secret = sealed(sealer, caller.account.id, person.id, &TotpSecret::random());
    let written = diesel::insert_into(table)
        .values((
            account_id.eq(caller.account.id),
            id.eq(ids::new(caller.now)),
            user_id.eq(person.id),
            sealed_secret.eq(secret),
            created_at.eq(caller.now),
        ))
        .on_conflict((account_id, user_id))
        .do_update()
        .set((
            sealed_secret.eq(excluded(sealed_secret)),
            created_at.eq(excluded(created_at)),
        ))
        .filter(turned_on_at.is_null())
        .execute(conn)?;
    match written {
        0 => Err(already_on()),
        _ => Ok(()),
    }
}

/// Turns codes on for the person whose app shows the right one, and ends their other sessions,
/// which were begun without. The ten recovery codes can't be had again. That they know their
/// password was checked before.
///
/// # Errors
/// [`Error::Invalid`] of the field `code`; [`Error::TooMany`] after five wrong ones;
/// [`Error::Conflict`] when codes are on, or have not been begun; as [`begin_codes`].
pub fn turn_on_codes(
    conn: &mut PgConnection,
    caller: &Caller,
    sealer: &Sealer,
    typed: &str,
    current: Option<Uuid>,
) -> Result<Vec<String>> {
    let person = the_person(caller)?;
    let (account_id, user_id) = (caller.account.id, person.id);
    count_try(conn, user_id, caller.now)?;
    conn.transaction(|conn| {
        let row = load(conn, account_id, user_id)?;
        let row =
            row.ok_or_else(|| Error::Conflict("Begin with the picture for the app".into()))?;
        let secret = opened(sealer, account_id, user_id, &row.sealed_secret)?;
        let step = secret.step_of(&as_typed(typed), caller.now);
        turn_on(conn, caller, row, (user_id, step.ok_or_else(wrong)?))?;
        let codes = recovery::replace(conn, caller, user_id)?;
        forget_code_tries(conn, user_id)?;
        forget_tries(conn, &person.email)?;
        let ended = end_sessions(conn, caller, person.id, current)?;
        let data = json!({ "sessions_ended": ended });
        user::note(conn, caller, Event::TwoFactorTurnedOn, user_id, data)?;
        Ok(codes)
    })
}

/// Of two who do it at once, or with a secret that was just replaced, one is refused.
fn turn_on(
    conn: &mut PgConnection,
    caller: &Caller,
    row: Row,
    (user_id, step): (Uuid, i64),
) -> Result<()> {
    let turned = diesel::update(two_factor_secrets::table)
        .filter(two_factor_secrets::account_id.eq(caller.account.id))
        .filter(two_factor_secrets::user_id.eq(user_id))
        .filter(two_factor_secrets::sealed_secret.eq(row.sealed_secret))
        .filter(two_factor_secrets::turned_on_at.is_null())
        .set((
            two_factor_secrets::turned_on_at.eq(caller.now),
            two_factor_secrets::last_step.eq(step),
        ))
        .execute(conn)?;
    match turned {
        0 => Err(already_on()),
        _ => Ok(()),
    }
}

fn already_on() -> Error {
    Error::Conflict("Your codes are on already; turn them off to begin anew".into())
}
