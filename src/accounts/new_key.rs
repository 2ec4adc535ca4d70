//! The rules of a key to be made: its name, its end, and what it may be given.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;
use validator::Validate;

use crate::caller::{Actor, Caller, Scope};
use crate::db::schema::users;
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::text;

/// A key to be made.
#[derive(Debug, Clone, Validate)]
pub struct NewKey {
    /// What it is for, 1 to 100 characters, unlike any other live key's.
    #[validate(length(min = 1, max = 100), custom(function = "text::check_nul"))]
    pub name: String,
    /// What it may do; none at all stands for everything.
    pub scopes: Vec<Scope>,
    /// From when on it no longer works.
    pub expires_at: Option<DateTime<Utc>>,
    /// E-mail of the person it acts for: it sees what they see and may do no more than they. Without
    /// one it acts for the account.
    pub person: Option<String>,
}

/// Scopes by their words. A word of a newer version grants nothing here.
pub(super) fn known_scopes(words: &[String]) -> Vec<Scope> {
    words.iter().filter_map(|word| word.parse().ok()).collect()
}

/// Trimmed, with every scope named once, in the order of [`Scope::ALL`].
pub(super) fn checked(input: NewKey, now: DateTime<Utc>) -> Result<NewKey> {
    let wanted = |scope: &Scope| input.scopes.is_empty() || input.scopes.contains(scope);
    let scopes = Scope::ALL.iter().copied().filter(wanted).collect();
    let name = input.name.trim().to_owned();
    let input = NewKey {
        name,
        scopes,
        expires_at: input.expires_at,
        person: text::clean(input.person),
    };
    let mut errors = match input.validate() {
        Ok(()) => FieldErrors::default(),
        Err(errors) => FieldErrors::from_validator(&errors, &["name"]),
    };
    if input.expires_at.is_some_and(|at| at <= now) {
        errors.push(
            "expires_at",
            Problem::Said("The key must end in the future".into()),
        );
    }
    errors.or(input)
}

/// The id and the name of the person of this e-mail.
pub(super) fn person(
    conn: &mut PgConnection,
    caller: &Caller,
    email: Option<&str>,
) -> Result<Option<(Uuid, String)>> {
    let Some(email) = email else { return Ok(None) };
    let not_here = || Error::invalid("person", Problem::NotOfAccount);
    if text::has_nul(email) {
        return Err(not_here());
    }
    let found: Option<(Uuid, String)> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::email.eq(text::lower_email(email)))
        .filter(users::deactivated_at.is_null())
        .select((users::id, users::name))
        .first(conn)
        .optional()?;
    found.map(Some).ok_or_else(not_here)
}

/// A key must not make itself a stronger one.
pub(super) fn grantable(caller: &Caller, wanted: &[Scope]) -> Result<()> {
    match &caller.actor {
        Actor::ApiKey { scopes, .. } => match wanted.iter().find(|scope| !scopes.contains(scope)) {
            Some(scope) => Err(Error::Forbidden(format!(
                "This key lacks the scope {scope}"
            ))),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn key(name: &str, scopes: &[Scope], expires_at: Option<DateTime<Utc>>) -> NewKey {
        NewKey {
            name: name.into(),
            scopes: scopes.into(),
            expires_at,
            person: None,
        }
    }

    #[test]
    fn no_scope_stands_for_all_and_none_is_named_twice() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(
            checked(key("k", &[], None), now).unwrap().scopes,
            Scope::ALL
        );
        let twice = [Scope::LeadsWrite, Scope::LeadsRead, Scope::LeadsWrite];
        let once = checked(key("k", &twice, None), now).unwrap().scopes;
        assert_eq!(once, [Scope::LeadsRead, Scope::LeadsWrite]);
    }

    #[test]
    fn a_key_has_a_name_and_ends_in_the_future() {
        let now = DateTime::UNIX_EPOCH;
        let Err(Error::Invalid(errors)) = checked(key(" ", &[], Some(now)), now) else {
            panic!("a blank name and a past end were taken")
        };
        let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_ref()).collect();
        assert_eq!(fields, ["name", "expires_at"]);
        let later = now + TimeDelta::seconds(1);
        assert!(checked(key("k", &[], Some(later)), now).is_ok());
    }

    #[test]
    fn a_word_of_a_newer_version_grants_nothing() {
        let words = ["leads:read".to_owned(), "moon:write".to_owned()];
        assert_eq!(known_scopes(&words), [Scope::LeadsRead]);
    }
}
