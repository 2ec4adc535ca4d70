//! Leads that are there already, found by the keys of those that come.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use uuid::Uuid;

use super::keys::{ByKey, Key, Keys};
use super::lead::Lead;
use crate::caller::Caller;
use crate::db::schema::leads;
use crate::error::Result;

#[diesel::declare_sql_function]
extern "SQL" {
    /// In lower case, as the index of e-mails has them.
    fn lower(text: Nullable<Text>) -> Nullable<Text>;
}

/// The oldest lead of each of these values of a key, but for archived ones.
macro_rules! oldest {
    ($conn:expr, $caller:expr, $key:expr, $values:expr) => {
        leads::table
            .filter(leads::account_id.eq($caller.account.id))
            .filter($key.eq_any($values))
            .filter(leads::archived_at.is_null())
            .distinct_on($key)
            .order(($key, leads::created_at, leads::id))
            .select(($key.assume_not_null(), leads::id))
            .load::<(String, Uuid)>($conn)
    };
}

/// Who is there already of those that have these keys: of each the oldest lead with its number, else
/// with its e-mail, else with its external id. Archived leads are nobody's twins. Those that are
/// found are held against other changes until the transaction ends. At most one statement for each
/// kind of key, and one more, for any number of leads; none for those without keys.
///
/// Only what was held before (`hold_keys`, `hold_every_key`) can't come in meanwhile.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub fn twins(conn: &mut PgConnection, caller: &Caller, keys: &[Keys]) -> Result<ByKey<Arc<Lead>>> {
    let mut ids = ByKey::default();
    for key in [Key::Phone, Key::Email, Key::ExternalId] {
        // Who is found by one key is not looked for by the next.
        let sought = keys.iter().filter(|keys| ids.find(keys).is_none());
        let values = sought.flat_map(|keys| keys.each().filter(|(of, _)| *of == key));
        let values: HashSet<&str> = values.map(|(_, value)| value).collect();
        if values.is_empty() {
            continue;
        }
        let found = match key {
            Key::Phone => oldest!(conn, caller, leads::phone_e164, values),
            Key::Email => oldest!(conn, caller, lower(leads::email), values),
            Key::ExternalId => oldest!(conn, caller, leads::external_id, values),
        };
        for (value, id) in found? {
            ids.add_at(key, &value, &id);
        }
    }
    let wanted: HashSet<Uuid> = keys
        .iter()
        .filter_map(|keys| ids.find(keys).map(|(_, id)| *id))
        .collect();
    let held = hold(conn, caller, wanted)?;
    let mut twins = ByKey::default();
    for keys in keys {
        let Some((key, id)) = ids.find(keys) else {
            continue;
        };
        // Others may have changed or archived it before it was held.
        let lead = held.get(id).map(|lead| (Keys::of_present(lead), lead));
        let value = keys.each().find(|(of, _)| *of == key);
        if let (Some((theirs, lead)), Some(own)) = (lead, value)
            && theirs.each().any(|one| one == own)
        {
            twins.add_at(key, own.1, lead);
        }
    }
    Ok(twins)
}

/// The leads of these ids that are not archived, held in one order by whoever holds several.
fn hold(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: HashSet<Uuid>,
) -> Result<HashMap<Uuid, Arc<Lead>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let held: Vec<Lead> = leads::table
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::id.eq_any(ids))
        .filter(leads::archived_at.is_null())
        .order(leads::id)
        .select(Lead::as_select())
        .for_no_key_update()
        .load(conn)?;
    let by_id = held.into_iter().map(|lead| (lead.id, Arc::new(lead)));
    Ok(by_id.collect())
}
