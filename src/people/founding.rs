//! How an account begins: with its owner. And how the operator adds people at the command line.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::json;

use super::passwords::{PasswordHash, password_problem};
use super::standing::may_grant;
use super::user::{self, NewPerson, User};
use crate::accounts::{self, NewAccount};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Account, Actor, Caller, Permission, Person, RequestFacts, Role, Sees};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::telephony;

/// An account and its owner to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The account.
    pub account: NewAccount,
    /// The owner's name, 1 to 200 characters.
    pub name: String,
    /// The owner's e-mail.
    pub email: String,
}

/// A person to be made with or without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// Their name, 1 to 200 characters.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// Their role.
    pub role: Role,
}

impl Founding {
    /// All broken rules at once, the password's too, before the slow work of hashing it. The
    /// account's name is the field `account_name`.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn check(&self, password: &str) -> Result<()> {
        let (_, _, mut errors) = self.clone().checked();
        if let Some(problem) = password_problem(password, &self.email) {
            errors.push("password", problem);
        }
        errors.or(())
    }

    fn checked(self) -> (NewAccount, NewPerson, FieldErrors) {
        let (account, mut errors) = self.account.checked();
        for error in errors.0.iter_mut().filter(|error| error.field == "name") {
            error.field = "account_name".into();
        }
        let (person, of_person) = NewPerson::checked(&self.name, &self.email);
        errors.0.extend(of_person.0);
        (account, person, errors)
    }
}

impl NewUser {
    /// All broken rules at once, the password's too, before the slow work of hashing it.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn check(&self, password: &str) -> Result<()> {
        let (_, mut errors) = NewPerson::checked(&self.name, &self.email);
        if let Some(problem) = password_problem(password, &self.email) {
            errors.push("password", problem);
        }
        errors.or(())
    }
}

/// Makes an account with its owner. In the audit the owner made it, or, without a request, the
/// command line.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when somebody signs in with this e-mail already.
pub fn found(
    conn: &mut PgConnection,
    founding: Founding,
    password: &PasswordHash,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Account, Person)> {
    let (account, person, errors) = founding.checked();
    errors.or(())?;
    conn.transaction(|conn| write(conn, &account, &person, password, now, request))
}

/// The same, for `/setup`: only while there is no account at all, also when two ask at once.
///
/// # Errors
/// As [`found`], and [`Error::Conflict`] when there is an account.
pub fn found_first(
    conn: &mut PgConnection,
    founding: Founding,
    password: &PasswordHash,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Account, Person)> {
    let (account, person, errors) = founding.checked();
    errors.or(())?;
    conn.transaction(|conn| {
        conn.batch_execute("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE")?;
        if accounts::any(conn)? {
            return Err(Error::Conflict(
                "Leadline is set up already; sign in instead".into(),
            ));
        }
        write(conn, &account, &person, password, now, request)
    })
}

fn write(
    conn: &mut PgConnection,
    account: &NewAccount,
    person: &NewPerson,
    password: &PasswordHash,
    now: DateTime<Utc>,
    request: Option<RequestFacts>,
) -> Result<(Account, Person)> {
    let account = accounts::create(conn, now, account)?;
    let row = user::insert(conn, account.id, now, person, Role::Owner, Some(password))?;
    let (owner_id, facts) = (row.id, user::facts(&row));
    let owner = Person::from(row);
    let actor = match request {
        Some(_) => Actor::User(owner.clone()),
        None => Actor::CommandLine,
    };
    let caller = Caller {
        account,
        actor,
        sees: Sees::All,
        request,
        now,
    };
    let founded = Change {
        event: Event::AccountCreated,
        subject: Subject::Account,
        subject_id: caller.account.id,
        data: json!({
            "name": caller.account.name,
            "default_country": caller.account.default_country,
            "time_zone": caller.account.time_zone.name(),
            "telephony": telephony::begin(conn, &caller)?,
        }),
    };
    let joined = Change {
        event: Event::UserCreated,
        subject: Subject::User,
        subject_id: owner_id,
        data: facts,
    };
    audit::write(conn, &caller, &[founded, joined])?;
    Ok((caller.account, owner))
}

/// Makes a person who can sign in at once.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], [`Error::Conflict`] when the e-mail is taken.
pub fn create_user(
    conn: &mut PgConnection,
    caller: &Caller,
    input: NewUser,
    password: &PasswordHash,
) -> Result<User> {
    caller.require(Permission::WriteSettings)?;
    if !may_grant(caller, input.role) {
        return Err(Error::invalid(
            "role",
            Problem::Said("Only an owner makes an owner".into()),
        ));
    }
    let (person, errors) = NewPerson::checked(&input.name, &input.email);
    errors.or(())?;
    conn.transaction(|conn| {
        let now = caller.now;
        let row = user::insert(
            conn,
            caller.account.id,
            now,
            &person,
            input.role,
            Some(password),
        )?;
        user::note(conn, caller, Event::UserCreated, row.id, user::facts(&row))?;
        Ok(row.into_user(true, None))
    })
}
