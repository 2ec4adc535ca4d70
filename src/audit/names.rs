//! What the things are called that entries speak of.

use std::collections::HashMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::caller::{Caller, Permission};
use crate::error::Result;

#[derive(QueryableByName)]
struct Called {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
}

const NAMES: &str = "
    SELECT id, concat_ws(' ', first_name, last_name) AS name FROM leads
    WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM users WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM campaigns WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM workflows WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM teams WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM lead_sources WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM rotations WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, label FROM lead_fields WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, name FROM api_keys WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, file_name FROM imports WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, channel FROM connectors WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, phone_number FROM calling_numbers
    WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, concat_ws(' ', country, prefix) FROM destinations
    WHERE account_id = $1 AND id = ANY($2)
    UNION ALL SELECT id, value FROM do_not_contact_entries
    WHERE account_id = $1 AND id = ANY($2) AND kind <> 'lead'";

/// The names of these things, whatever they are, in one query; in none for none. What is gone has
/// none.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn names(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>> {
    caller.require(Permission::ReadAudit)?;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let called: Vec<Called> = diesel::sql_query(NAMES)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .load(conn)?;
    Ok(called.into_iter().map(|one| (one.id, one.name)).collect())
}
