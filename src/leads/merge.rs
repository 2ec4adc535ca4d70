//! Leads that come in a second time: what is new about them is added, and they go elsewhere.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::differences::{differences, entries};
use super::input::Placement;
use super::lead::Lead;
use super::metadata::{self, Metadata};
use crate::audit;
use crate::caller::Caller;
use crate::error::{FieldErrors, Result};

/// A lead that is there already, before and after what was added.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    before: Lead,
    after: Lead,
}

impl Merge {
    /// Whose lead it is.
    pub fn owner_id(&self) -> Option<Uuid> {
        self.before.owner_id
    }
}

/// A lead with more keys of its own; what it has under the same keys is replaced.
///
/// # Errors
/// [`crate::error::Error::Invalid`] when it would have too many.
pub fn merge(before: Lead, added: Metadata) -> Result<Merge> {
    let mut keys = before.metadata_map();
    keys.extend(added);
    let mut errors = FieldErrors::default();
    metadata::check(&keys, false, &mut errors);
    let after = Lead {
        metadata: Value::Object(keys),
        ..before.clone()
    };
    errors.or(Merge { before, after })
}

/// Writes merged leads at their new place, with what the audit keeps of the change, inside the
/// caller's transaction, which holds them; two statements for any number of them.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn place(
    conn: &mut PgConnection,
    caller: &Caller,
    placement: &Placement,
    merges: &[Merge],
) -> Result<()> {
    let (ids, keys): (Vec<Uuid>, Vec<&Value>) = merges
        .iter()
        .map(|merge| (merge.after.id, &merge.after.metadata))
        .unzip();
    diesel::sql_query(
        "UPDATE leads l SET metadata = n.metadata, workflow_id = $4, status_key = $5,
            next_action_at = $6, revision = l.revision + 1, updated_at = $7
        FROM unnest($2, $3) AS n (id, metadata)
        WHERE l.account_id = $1 AND l.id = n.id",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Jsonb>, _>(keys)
    .bind::<SqlUuid, _>(placement.workflow_id)
    .bind::<Text, _>(&placement.status_key)
    .bind::<Nullable<Timestamptz>, _>(placement.next_action_at)
    .bind::<Timestamptz, _>(caller.now)
    .execute(conn)?;
    let changes: Vec<audit::Change> = merges
        .iter()
        .flat_map(|merge| entries(merge.after.id, differences(&merge.before, &merge.after)))
        .collect();
    audit::write(conn, caller, &changes)
}
