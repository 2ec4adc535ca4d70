//! Invitations: a link with which a new person chooses a password and joins.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::acting::active;
use super::passwords::PasswordHash;
use super::standing::may_grant;
use super::user::{self, NewPerson, User, UserRow};
use crate::audit::Event;
use crate::caller::{Account, Actor, Caller, Permission, Person, RequestFacts, Role, Sees};
use crate::db::schema::{accounts, identities, invitations, users};
use crate::error::{Error, Noun, Problem, Result};
use crate::secrets;

/// How long a link works.
const LINK_LASTS: TimeDelta = TimeDelta::days(7);

/// 256 bits of randomness.
const TOKEN_CHARACTERS: usize = 43;

/// Who is to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Their name, 1 to 200 characters.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// Their role.
    pub role: Role,
}

/// What the holder of a link sees before choosing a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The account they join.
    pub account_name: String,
    /// Their name.
    pub name: String,
    /// The e-mail they will sign in with.
    pub email: String,
}

/// Invites a person; the text beside them is the link's token, which can't be had again. Asked
/// again for somebody who has not joined yet, it takes the new name and role and makes a new
/// link; the old one no longer works.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`]; [`Error::Conflict`] when the person has joined or
/// is deactivated, or somebody signs in elsewhere with this e-mail.
pub fn invite(
    conn: &mut PgConnection,
    caller: &Caller,
    input: Invitation,
) -> Result<(User, String)> {
    caller.require(Permission::WriteSettings)?;
    if !may_grant(caller, input.role) {
        return Err(Error::invalid(
            "role",
            Problem::Said("Only an owner makes an owner".into()),
        ));
    }
    let (person, errors) = NewPerson::checked(&input.name, &input.email);
    errors.or(())?;
    let token = secrets::random(TOKEN_CHARACTERS);
    let expires_at = caller.now + LINK_LASTS;
    let row = conn.transaction(|conn| {
        let row = match waiting(conn, caller, &person.email)? {
            Some(row) => again(conn, caller, row, &person, input.role)?,
            None => {
                let (account_id, now) = (caller.account.id, caller.now);
                let row = user::insert(conn, account_id, now, &person, input.role, None)?;
                user::note(conn, caller, Event::UserCreated, row.id, user::facts(&row))?;
                row
            }
        };
        write_link(conn, caller, row.id, &token, expires_at)?;
        Ok::<_, Error>(row)
    })?;
    Ok((row.into_user(false, Some(expires_at)), token))
}

/// The person of this account with this e-mail who has not joined yet.
fn waiting(conn: &mut PgConnection, caller: &Caller, email: &str) -> Result<Option<UserRow>> {
    let found: Option<(UserRow, bool)> = users::table
        .inner_join(identities::table.on(identities::email.eq(users::email)))
        .filter(users::account_id.eq(caller.account.id))
        .filter(identities::account_id.eq(caller.account.id))
        .filter(users::email.eq(email))
        .select((
            UserRow::as_select(),
            identities::password_hash.is_not_null(),
        ))
        .for_update()
        .get_result(conn)
        .optional()?;
    match found {
        Some((row, _)) if row.deactivated_at.is_some() => Err(Error::Conflict(format!(
            "{} is deactivated; reactivate them instead",
            row.name
        ))),
        Some((row, true)) => Err(Error::Conflict(format!("{} has joined already", row.name))),
        Some((row, false)) if !may_grant(caller, row.role) => Err(Error::Conflict(
            "Only an owner invites an owner again".into(),
        )),
        found => Ok(found.map(|(row, _)| row)),
    }
}

fn again(
    conn: &mut PgConnection,
    caller: &Caller,
    row: UserRow,
    person: &NewPerson,
    role: Role,
) -> Result<UserRow> {
    let row = diesel::update(users::table.find((caller.account.id, row.id)))
        .set((users::name.eq(&person.name), users::role.eq(role)))
        .returning(UserRow::as_returning())
        .get_result(conn)?;
    user::note(conn, caller, Event::UserInvited, row.id, user::facts(&row))?;
    Ok(row)
}

fn write_link(
    conn: &mut PgConnection,
    caller: &Caller,
    user_id: Uuid,
    token: &str,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let link = (
        invitations::token_hash.eq(secrets::digest(token).to_vec()),
        invitations::created_at.eq(caller.now),
        invitations::expires_at.eq(expires_at),
    );
    diesel::insert_into(invitations::table)
        .values((
            invitations::account_id.eq(caller.account.id),
            invitations::user_id.eq(user_id),
            link.clone(),
        ))
        .on_conflict((invitations::account_id, invitations::user_id))
        .do_update()
        .set(link)
        .execute(conn)?;
    Ok(())
}

/// What a link is for, while it works.
///
/// # Errors
/// [`Error::NotFound`] when it never did or no longer does.
pub fn invitation(conn: &mut PgConnection, token: &str, now: DateTime<Utc>) -> Result<Invited> {
    let found: Option<(String, String, String)> = invitations::table
        .inner_join(
            users::table.on(users::account_id
                .eq(invitations::account_id)
                .and(users::id.eq(invitations::user_id))),
        )
        .inner_join(accounts::table.on(accounts::id.eq(invitations::account_id)))
        .filter(invitations::token_hash.eq(secrets::digest(token).to_vec()))
        .filter(invitations::expires_at.gt(now))
        .filter(users::deactivated_at.is_null())
        .select((accounts::name, users::name, users::email))
        .get_result(conn)
        .optional()?;
    let (account_name, name, email) = found.ok_or(Error::NotFound(Noun::Invitation))?;
    Ok(Invited {
        account_name,
        name,
        email,
    })
}

/// Uses a link up: the person has a password and has joined.
///
/// # Errors
/// [`Error::NotFound`] as [`invitation`]; of two who use one link at once, the second gets it.
pub fn accept(
    conn: &mut PgConnection,
    token: &str,
    password: &PasswordHash,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Account, Person)> {
    conn.transaction(|conn| {
        let used: Option<(Uuid, Uuid)> =
            diesel::delete(invitations::table.find(secrets::digest(token).to_vec()))
                .filter(invitations::expires_at.gt(now))
                .returning((invitations::account_id, invitations::user_id))
                .get_result(conn)
                .optional()?;
        let (account_id, user_id) = used.ok_or(Error::NotFound(Noun::Invitation))?;
        let found = active(conn, account_id, user_id)?;
        let (account, person) = found.ok_or(Error::NotFound(Noun::Invitation))?;
        diesel::update(identities::table.find(&person.email))
            .set(identities::password_hash.eq(password.as_str()))
            .execute(conn)?;
        let actor = Actor::User(person.clone());
        let caller = Caller {
            account,
            actor,
            sees: Sees::All,
            request,
            now,
        };
        user::note(conn, &caller, Event::UserJoined, person.id, json!({}))?;
        Ok((caller.account, person))
    })
}
