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
use crate::visibility::{self, People, Teams};

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
    let found = load_active(conn, account_id, user_id)?
        .ok_or(Error::Unauthenticated(Unauthenticated::NotSignedIn))?;
    let Found {
        account,
        person,
        codes_due,
        teams,
        people,
    } = found;
    let caller = Caller {
        sees: visibility::sees(&account, &person, teams, people),
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
    Ok(found.map(|found| (found.account, found.person)))
}

/// A person who may sign in.
struct Found {
    account: Account,
    person: Person,
    /// Whether they have to turn two-factor codes on first.
    codes_due: bool,
    /// The teams they are in, and everybody who is in one of these where that matters.
    teams: Vec<Uuid>,
    people: Vec<Uuid>,
}

fn load_active(conn: &mut PgConnection, account_id: Uuid, user_id: Uuid) -> Result<Option<Found>> {
    type Row = (AccountRow, UserRow, Vec<Role>, bool, Vec<Uuid>, Vec<Uuid>);
    let found: Option<Row> = users::table
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
            Teams,
            People,
        ))
        .get_result(conn)
        .optional()?;
    found
        .map(|(account, user, need, has, teams, people)| {
            Ok(Found {
                account: account.try_into()?,
                codes_due: need.contains(&user.role) && !has,
                person: user.into(),
                teams,
                people,
            })
        })
        .transpose()
}
