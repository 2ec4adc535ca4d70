//! A person as others see them, and the two rows that make one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DbError};
use serde_json::{Value, json};
use uuid::Uuid;
use validator::Validate;

use super::passwords::PasswordHash;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission, Person, Role};
use crate::db::schema::{identities, invitations, two_factor_secrets, users};
use crate::error::{Error, FieldErrors, Noun, Result};
use crate::{ids, text};

/// A person of the account, signed up or only invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail, in lower case.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Where their picture is.
    pub avatar_url: Option<String>,
    /// When they were invited or made.
    pub created_at: DateTime<Utc>,
    /// Since when they can no longer sign in.
    pub deactivated_at: Option<DateTime<Utc>>,
    /// Whether they have a password, and so have joined.
    pub joined: bool,
    /// Until when their invitation holds, while there is one.
    pub invited_until: Option<DateTime<Utc>>,
    /// Whether two-factor codes are asked of them at the door.
    pub has_codes: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct UserRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub avatar_url: Option<String>,
    pub created_at: DateTime<Utc>,
    pub deactivated_at: Option<DateTime<Utc>>,
}

impl UserRow {
    pub fn into_user(self, joined: bool, invited_until: Option<DateTime<Utc>>) -> User {
        User {
            id: self.id,
            name: self.name,
            email: self.email,
            role: self.role,
            avatar_url: self.avatar_url,
            created_at: self.created_at,
            deactivated_at: self.deactivated_at,
            joined,
            invited_until,
            has_codes: false,
        }
    }
}

impl From<UserRow> for Person {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
        }
    }
}

/// Who a new person is.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub(super) struct NewPerson {
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub name: String,
    #[validate(length(min = 1), custom(function = "text::check_email"))]
    pub email: String,
}

impl NewPerson {
    /// Trimmed, the e-mail in lower case, and the rules it breaks; one rule a field.
    pub fn checked(name: &str, email: &str) -> (Self, FieldErrors) {
        let person = Self {
            name: name.trim().to_owned(),
            email: text::lower_email(email),
        };
        let mut errors = match person.validate() {
            Ok(()) => FieldErrors::default(),
            Err(errors) => FieldErrors::from_validator(&errors, &["name", "email"]),
        };
        errors.0.dedup_by(|later, first| later.field == first.field);
        (person, errors)
    }
}

/// Everybody of the account, those who can sign in first, by name.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see settings.
pub fn users(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<User>> {
    caller.require(Permission::ReadSettings)?;
    let mut users = load(conn, caller, None)?;
    users.sort_by_cached_key(|user| (user.deactivated_at.is_some(), text::fold(&user.name)));
    Ok(users)
}

/// One person of the account.
pub(super) fn find(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<User> {
    load(conn, caller, Some(id))?
        .pop()
        .ok_or(Error::NotFound(Noun::User))
}

fn load(conn: &mut PgConnection, caller: &Caller, id: Option<Uuid>) -> Result<Vec<User>> {
    let mut query = users::table
        .inner_join(
            identities::table.on(identities::account_id
                .eq(users::account_id)
                .and(identities::user_id.eq(users::id))),
        )
        .left_join(
            invitations::table.on(invitations::account_id
                .eq(users::account_id)
                .and(invitations::user_id.eq(users::id))),
        )
        .left_join(
            two_factor_secrets::table.on(two_factor_secrets::account_id
                .eq(users::account_id)
                .and(two_factor_secrets::user_id.eq(users::id))),
        )
        .filter(users::account_id.eq(caller.account.id))
        .select((
            UserRow::as_select(),
            identities::password_hash.is_not_null(),
            invitations::expires_at.nullable(),
            two_factor_secrets::turned_on_at.nullable().is_not_null(),
        ))
        .into_boxed();
    if let Some(id) = id {
        query = query.filter(users::id.eq(id));
    }
    let rows: Vec<(UserRow, bool, Option<DateTime<Utc>>, bool)> = query.load(conn)?;
    let user = |(row, joined, until, has_codes): (UserRow, _, _, _)| User {
        has_codes,
        ..row.into_user(joined, until)
    };
    Ok(rows.into_iter().map(user).collect())
}

/// Those who can be given leads: joined or invited, not deactivated; by name.
///
/// # Errors
/// [`Error::Forbidden`] without the right to see leads.
pub fn active_people(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<Person>> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<UserRow> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::deactivated_at.is_null())
        .select(UserRow::as_select())
        .load(conn)?;
    let mut people: Vec<Person> = rows.into_iter().map(Person::from).collect();
    people.sort_by_cached_key(|person| text::fold(&person.name));
    Ok(people)
}

/// The e-mails of these people of the account, those too who can't sign in any more; in no query for
/// nobody.
///
/// The caller has already been allowed to see what names them.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub fn emails(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::id.eq_any(ids))
        .select((users::id, users::email))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Writes the person and the e-mail they sign in with.
///
/// # Errors
/// [`Error::Conflict`] when somebody signs in with this e-mail already.
pub(super) fn insert(
    conn: &mut PgConnection,
    account_id: Uuid,
    now: DateTime<Utc>,
    person: &NewPerson,
    role: Role,
    password: Option<&PasswordHash>,
) -> Result<UserRow> {
    let id = ids::new(now);
    let row = diesel::insert_into(users::table)
        .values((
            users::account_id.eq(account_id),
            users::id.eq(id),
            users::name.eq(&person.name),
            users::email.eq(&person.email),
            users::role.eq(role),
            users::created_at.eq(now),
        ))
        .returning(UserRow::as_returning())
        .get_result(conn)
        .map_err(email_taken)?;
    diesel::insert_into(identities::table)
        .values((
            identities::email.eq(&person.email),
            identities::account_id.eq(account_id),
            identities::user_id.eq(id),
            identities::password_hash.eq(password.map(PasswordHash::as_str)),
        ))
        .execute(conn)
        .map_err(email_taken)?;
    Ok(row)
}

/// Writes the audit entry about a person.
pub(super) fn note(
    conn: &mut PgConnection,
    caller: &Caller,
    event: Event,
    user_id: Uuid,
    data: Value,
) -> Result<()> {
    let change = Change {
        event,
        subject: Subject::User,
        subject_id: user_id,
        data,
    };
    audit::write(conn, caller, &[change])
}

/// The facts of a new person, for the audit.
pub(super) fn facts(row: &UserRow) -> Value {
    json!({ "name": row.name, "email": row.email, "role": row.role })
}

fn email_taken(error: DbError) -> Error {
    match &error {
        DbError::DatabaseError(DatabaseErrorKind::UniqueViolation, about)
            if matches!(
                about.constraint_name(),
                Some("users_email_key" | "identities_pkey")
            ) =>
        {
            Error::Conflict("Somebody signs in with this e-mail already".into())
        }
        _ => error.into(),
    }
}
