//! What becomes of a person's standing: another role, deactivated, back again. An account always
//! keeps an owner who can sign in, and nobody below an owner touches one.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::own::end_sessions;
use super::tasks::let_go;
use super::user::{self, User};
use crate::audit::Event;
use crate::caller::{Actor, Caller, Permission, Role};
use crate::db::schema::{accounts, identities, invitations, users};
use crate::error::{Error, Result};

/// Whether the caller may make somebody this: only an owner or the operator makes an owner.
pub(super) fn may_grant(caller: &Caller, role: Role) -> bool {
    role != Role::Owner
        || match &caller.actor {
            Actor::User(person) => person.role == Role::Owner,
            Actor::CommandLine => true,
            Actor::ApiKey { .. } | Actor::Recipient | Actor::Worker => false,
        }
}

/// Ends a person's access: their sessions and their invitation end, their leads stay theirs, and
/// their open tasks are everybody's.
/// Again changes nothing.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] for oneself and for the last
/// owner.
pub fn deactivate(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    conn.transaction(|conn| {
        let mut user = settable(conn, caller, id)?;
        if user.deactivated_at.is_some() {
            return Ok(user);
        }
        keep_an_owner(conn, caller, &user)?;
        set_deactivated(conn, caller, id, Some(caller.now))?;
        let_go(conn, caller, id)?;
        end_sessions(conn, caller, id, None)?;
        diesel::delete(invitations::table)
            .filter(invitations::account_id.eq(caller.account.id))
            .filter(invitations::user_id.eq(id))
            .execute(conn)?;
        user::note(
            conn,
            caller,
            Event::UserDeactivated,
            id,
            json!({ "email": user.email }),
        )?;
        user.deactivated_at = Some(caller.now);
        user.invited_until = None;
        Ok(user)
    })
}

/// Gives a person their access back. Somebody who had not joined needs a new invitation.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub fn reactivate(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    conn.transaction(|conn| {
        let mut user = settable(conn, caller, id)?;
        if user.deactivated_at.is_none() {
            return Ok(user);
        }
        set_deactivated(conn, caller, id, None)?;
        user::note(
            conn,
            caller,
            Event::UserReactivated,
            id,
            json!({ "email": user.email }),
        )?;
        user.deactivated_at = None;
        Ok(user)
    })
}

/// Gives a person another role.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Conflict`] for oneself and for the last
/// owner.
pub fn change_role(conn: &mut PgConnection, caller: &Caller, id: Uuid, role: Role) -> Result<User> {
    conn.transaction(|conn| {
        let mut user = settable(conn, caller, id)?;
        if user.role == role {
            return Ok(user);
        }
        if !may_grant(caller, role) {
            return Err(Error::Forbidden("Only an owner makes an owner".into()));
        }
        keep_an_owner(conn, caller, &user)?;
        diesel::update(users::table.find((caller.account.id, id)))
            .set(users::role.eq(role))
            .execute(conn)?;
        if !role.may(Permission::WriteLeads) {
            let_go(conn, caller, id)?;
        }
        let data = json!({ "changes": { "role": { "from": user.role, "to": role } } });
        user::note(conn, caller, Event::UserUpdated, id, data)?;
        user.role = role;
        Ok(user)
    })
}

/// The person, if the caller may change their standing. The account's row is locked, so that two
/// owners can't remove each other at once.
pub(super) fn settable(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    caller.require(Permission::WriteSettings)?;
    accounts::table
        .find(caller.account.id)
        .select(accounts::id)
        .for_update()
        .get_result::<Uuid>(conn)?;
    let user = user::find(conn, caller, id)?;
    if !may_grant(caller, user.role) {
        return Err(Error::Forbidden(
            "Only an owner can do this to an owner".into(),
        ));
    }
    if caller.person().is_some_and(|person| person.id == id) {
        return Err(Error::Conflict(
            "You can't do this to yourself; ask another owner".into(),
        ));
    }
    Ok(user)
}

/// Refuses to take the last owner who can sign in out of office.
fn keep_an_owner(conn: &mut PgConnection, caller: &Caller, leaving: &User) -> Result<()> {
    if leaving.role != Role::Owner {
        return Ok(());
    }
    let others: i64 = users::table
        .inner_join(
            identities::table.on(identities::account_id
                .eq(users::account_id)
                .and(identities::user_id.eq(users::id))),
        )
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::role.eq(Role::Owner))
        .filter(users::id.ne(leaving.id))
        .filter(users::deactivated_at.is_null())
        .filter(identities::password_hash.is_not_null())
        .count()
        .get_result(conn)?;
    if others == 0 {
        return Err(Error::Conflict(
            "This is the last owner; make somebody else one first".into(),
        ));
    }
    Ok(())
}

fn set_deactivated(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    diesel::update(users::table.find((caller.account.id, id)))
        .set(users::deactivated_at.eq(at))
        .execute(conn)?;
    Ok(())
}
