//! Who had the same person as a lead before.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::keys::{Key, Keys};
use crate::caller::Caller;
use crate::error::Result;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = SqlUuid)]
    owner_id: Uuid,
}

/// The newest lead that somebody owns of each number, and of each e-mail, archived or not.
const NEWEST: &str = "
    (SELECT DISTINCT ON (phone_e164) phone_e164 AS key, owner_id FROM leads
     WHERE account_id = $1 AND phone_e164 = ANY($2) AND owner_id IS NOT NULL
     ORDER BY phone_e164, created_at DESC, id DESC)
    UNION ALL
    (SELECT DISTINCT ON (lower(email)) lower(email), owner_id FROM leads
     WHERE account_id = $1 AND lower(email) = ANY($3) AND owner_id IS NOT NULL
     ORDER BY lower(email), created_at DESC, id DESC)";

/// Of each lead with these keys who owns the newest that the account has with the same number, else
/// with the same e-mail: one query for any number of leads, none for none.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn previous_owners(
    conn: &mut PgConnection,
    caller: &Caller,
    keys: &[&Keys],
) -> Result<Vec<Option<Uuid>>> {
    if keys.iter().all(|one| one.is_empty()) {
        return Ok(vec![None; keys.len()]);
    }
    let phones: Vec<&str> = keys.iter().filter_map(|one| one.phone.as_deref()).collect();
    let emails: Vec<&str> = keys.iter().filter_map(|one| one.email.as_deref()).collect();
    let found: Vec<Found> = diesel::sql_query(NEWEST)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<Text>, _>(phones)
        .bind::<Array<Text>, _>(emails)
        .load(conn)?;
    let owners: HashMap<String, Uuid> = found
        .into_iter()
        .map(|one| (one.key, one.owner_id))
        .collect();
    let owner = |keys: &&Keys| {
        let mut each = keys.each().filter(|(key, _)| *key != Key::ExternalId);
        each.find_map(|(_, value)| owners.get(value).copied())
    };
    Ok(keys.iter().map(owner).collect())
}
