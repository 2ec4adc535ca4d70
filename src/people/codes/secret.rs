//! What is kept of a person's codes, and how it stands with them.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::accounts;
use crate::caller::Caller;
use crate::db::schema::{recovery_codes, two_factor_secrets};
use crate::error::{Error, Result};
use crate::people::own::the_person;
use crate::secrets::{Sealer, TotpSecret};

/// How it stands with a person's codes.
pub struct Codes {
    /// Since when codes are asked for at the door.
    pub on_since: Option<DateTime<Utc>>,
    /// Recovery codes that are not used yet.
    pub recovery_codes_left: i64,
    /// Whether the account requires codes of the person's role.
    pub required: bool,
    /// What is to be put into the app, while that has not been shown to work.
    pub new_secret: Option<NewSecret>,
}

/// A secret as its person takes it over into their app.
pub struct NewSecret {
    /// To be typed, in groups of four.
    pub text: String,
    /// What the picture for the app's camera says.
    pub address: String,
}

/// A person's secret as the database has it.
#[derive(HasQuery)]
#[diesel(table_name = two_factor_secrets)]
pub(super) struct Row {
    pub sealed_secret: Vec<u8>,
    pub turned_on_at: Option<DateTime<Utc>>,
}

/// How it stands with the caller's own codes.
///
/// # Errors
/// [`Error::Forbidden`] when the caller is no person; [`Error::Conflict`] when the secret was
/// sealed by another instance.
pub fn codes(conn: &mut PgConnection, caller: &Caller, sealer: &Sealer) -> Result<Codes> {
    let person = the_person(caller)?;
    let (account_id, user_id) = (caller.account.id, person.id);
    let row = load(conn, account_id, user_id)?;
    let on_since = row.as_ref().and_then(|row| row.turned_on_at);
    let new_secret = row
        .filter(|row| row.turned_on_at.is_none())
        .map(|row| opened(sealer, account_id, user_id, &row.sealed_secret))
        .transpose()?
        .map(|secret| NewSecret {
            text: secret.text(),
            address: secret.address(&person.email),
        });
    let recovery_codes_left = recovery_codes::table
        .filter(recovery_codes::account_id.eq(account_id))
        .filter(recovery_codes::user_id.eq(user_id))
        .count()
        .get_result(conn)?;
    Ok(Codes {
        on_since,
        recovery_codes_left,
        required: accounts::roles_that_need_codes(conn, account_id)?.contains(&person.role),
        new_secret,
    })
}

/// The secret, sealed, of a person whose codes are asked for at the door.
pub(in crate::people) fn sealed_secret(
    conn: &mut PgConnection,
    account_id: Uuid,
    user_id: Uuid,
) -> Result<Option<Vec<u8>>> {
    let row = load(conn, account_id, user_id)?;
    Ok(row
        .filter(|row| row.turned_on_at.is_some())
        .map(|row| row.sealed_secret))
}

/// The row of a person, which nobody else changes meanwhile.
pub(super) fn load(
    conn: &mut PgConnection,
    account_id: Uuid,
    user_id: Uuid,
) -> Result<Option<Row>> {
    Ok(Row::query()
        .filter(two_factor_secrets::account_id.eq(account_id))
        .filter(two_factor_secrets::user_id.eq(user_id))
        .get_result(conn)
        .optional()?)
}

pub(super) fn sealed(
    sealer: &Sealer,
    account_id: Uuid,
    user_id: Uuid,
    secret: &TotpSecret,
) -> Vec<u8> {
    sealer.seal(&context(account_id, user_id), secret.as_bytes())
}

pub(super) fn opened(
    sealer: &Sealer,
    account_id: Uuid,
    user_id: Uuid,
    sealed: &[u8],
) -> Result<TotpSecret> {
    let plain = sealer.open(&context(account_id, user_id), sealed);
    plain.map(TotpSecret::of).ok_or_else(|| {
        Error::Conflict(
            "The secret of these codes can’t be read any more; an admin of your account can reset \
             them"
                .into(),
        )
    })
}

/// A secret that is moved to another person stays shut.
fn context(account_id: Uuid, user_id: Uuid) -> String {
    format!("two-factor codes {account_id} {user_id}")
}
