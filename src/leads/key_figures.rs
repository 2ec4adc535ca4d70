//! What leads have under the keys of their metadata: how many have each, and what it looks like.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Uuid as SqlUuid};

use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::fields::Kind;
use crate::visibility;

/// As many of the newest leads are looked at: to look at all of them would take as long as there are
/// leads.
pub const LOOKED_AT: i64 = 10_000;

/// A day as it is kept, to the database.
pub(super) const DAY: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$";

/// A key, as leads have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigures {
    /// The key.
    pub key: String,
    /// How many leads have it.
    pub leads: i64,
    /// What one of them has, cut at 60 characters; empty when all are empty.
    pub sample: String,
    /// The narrowest type that all of them are of.
    pub kind: Kind,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    leads: i64,
    #[diesel(sql_type = Text)]
    sample: String,
    #[diesel(sql_type = Bool)]
    all_numbers: bool,
    #[diesel(sql_type = Bool)]
    all_truths: bool,
    #[diesel(sql_type = Bool)]
    all_days: bool,
}

/// Those that were asked for come first, so that many others can't crowd them out.
fn figures(caller: &Caller) -> String {
    let seen = visibility::and_seen(caller, "leads");
    format!(
        r"SELECT key, count(*) AS leads,
              coalesce(min(left(value #>> '{{}}', 60)) FILTER (WHERE value #>> '{{}}' <> ''), '')
                  AS sample,
              bool_and(jsonb_typeof(value) = 'number') AS all_numbers,
              bool_and(jsonb_typeof(value) = 'boolean') AS all_truths,
              bool_and(value #>> '{{}}' ~ '{DAY}') AS all_days
          FROM (
              SELECT metadata FROM leads WHERE account_id = $1 AND archived_at IS NULL{seen}
              ORDER BY created_at DESC, id DESC LIMIT $3
          ) AS newest, jsonb_each(metadata) AS own (key, value)
          GROUP BY key ORDER BY key = ANY($2) DESC, count(*) DESC, key LIMIT 200"
    )
}

/// What the newest leads have under their keys, at most 200: those that were asked for, then those
/// that most leads have.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn key_figures(
    conn: &mut PgConnection,
    caller: &Caller,
    wanted: &[&str],
) -> Result<Vec<KeyFigures>> {
    caller.require(Permission::ReadLeads)?;
    let rows: Vec<Row> = diesel::sql_query(figures(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<Text>, _>(wanted)
        .bind::<BigInt, _>(LOOKED_AT)
        .load(conn)?;
    let figures = rows.into_iter().map(|row| KeyFigures {
        kind: match () {
            () if row.all_numbers => Kind::Number,
            () if row.all_truths => Kind::Boolean,
            () if row.all_days => Kind::Date,
            () => Kind::Text,
        },
        key: row.key,
        leads: row.leads,
        sample: row.sample,
    });
    Ok(figures.collect())
}
