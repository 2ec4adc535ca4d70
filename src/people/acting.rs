//! A person as the caller of what they do, as long as they may sign in.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::user::UserRow;
use crate::accounts::AccountRow;
use crate::caller::{Account, Actor, Caller, Person, RequestFacts, Role};
use crate::db::schema::{accounts, two_factor_secrets, users};
use crate::error::{Error, Result, Unauthenticated};

/// The caller that a signed-in person is: one query.
///
/// # Errors
/// [`Unauthenticated::NotSignedIn`] when the person is deactivated or not there.
pub fn caller_for_user(
    conn: &mut PgConnection,
    account_id: Uuid,
    user_id: Uuid,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<Caller> {
    Ok(caller_of_session(conn, (account_id, user_id), now, request)?.0)
}

/// The same for a page, and whether the person has to turn two-factor codes on before anything
/// else: still one query.
///
/// # Errors
/// As [`caller_for_user`].
pub fn caller_of_session(
    conn: &mut PgConnection,
    (account_id, user_id): (Uuid, Uuid),
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Caller, bool)> {
    let (account, person, codes_due) = load_active(conn, account_id, user_id)?
        .ok_or(Error::Unauthenticated(Unauthenticated::NotSignedIn))?;
    let caller = Caller {
        account,
        actor: Actor::User(person),
        request,
        now,
    };
    Ok((caller, codes_due))
}

/// The person and their account, unless they are deactivated.
pub(super) fn active(
    conn: &mut PgConnection,
    account_id: Uuid,
    user_id: Uuid,
) -> Result<Option<(Account, Person)>> {
    let found = load_active(conn, account_id, user_id)?;
    Ok(found.map(|(account, person, _)| (account, person)))
}

fn load_active(
    conn: &mut PgConnection,
    account_id: Uuid,
    user_id: Uuid,
) -> Result<Option<(Account, Person, bool)>> {
    let found: Option<(AccountRow, UserRow, Vec<Role>, bool)> = users::table
        .inner_join(accounts::table.on(accounts::id.eq(users::account_id)))
        .left_join(
            two_factor_secrets::table.on(two_factor_secrets::account_id
                .eq(users::account_id)
                .and(two_factor_secrets::user_id.eq(users::id))),
        )
        .filter(users::account_id.eq(account_id))
        .filter(users::id.eq(user_id))
        .filter(users::deactivated_at.is_null())
        .select((
            AccountRow::as_select(),
            UserRow::as_select(),
            accounts::roles_that_need_codes,
            two_factor_secrets::turned_on_at.nullable().is_not_null(),
        ))
        .get_result(conn)
        .optional()?;
    found
        .map(|(account, user, need, has)| {
            let codes_due = need.contains(&user.role) && !has;
            Ok((account.try_into()?, user.into(), codes_due))
        })
        .transpose()
}
