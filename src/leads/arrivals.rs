//! How many leads came in of late, day by day, and whether somebody has taken them.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Timestamptz, Uuid as SqlUuid};

use super::page::{COUNT_UP_TO, Total};
use crate::caller::{Caller, Permission};
use crate::error::Result;
use crate::hours;
use crate::visibility;

/// How many days are told one by one.
const DAYS: i64 = 7;

/// The leads that came in of late and that the caller sees; archived ones are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrivals {
    /// The last seven days in the account's zone, today last.
    pub days: Vec<Day>,
    /// The seven days before them.
    pub week_before: Total,
    /// Leads that nobody owns, however old.
    pub nobodys: Total,
    /// Whether there is a lead at all, archived or not.
    pub any: bool,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its midnight.
    pub begins: DateTime<Utc>,
    /// The midnight after it.
    pub ends: DateTime<Utc>,
    /// How many leads came in.
    pub leads: Total,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    counted: i64,
    #[diesel(sql_type = BigInt)]
    nobodys: i64,
    #[diesel(sql_type = Bool)]
    any_lead: bool,
}

/// Each count is a walk of one index that ends where counting stops ([`COUNT_UP_TO`]).
fn statement(caller: &Caller) -> String {
    let seen = visibility::and_seen(caller, "leads");
    format!(
        "SELECT (SELECT count(*) FROM (
                SELECT FROM leads WHERE account_id = $1 AND archived_at IS NULL
                  AND created_at >= span.begins AND created_at < span.ends{seen} LIMIT $4
            ) AS came) AS counted,
           (SELECT count(*) FROM (
                SELECT FROM leads WHERE account_id = $1 AND archived_at IS NULL
                  AND owner_id IS NULL{seen} LIMIT $4
            ) AS unowned) AS nobodys,
           EXISTS (SELECT FROM leads WHERE account_id = $1{seen}) AS any_lead
    FROM unnest($2, $3) WITH ORDINALITY AS span (begins, ends, place)
     ORDER BY place"
    )
}

/// The leads that came in within the last two weeks, in one query.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to see leads.
pub fn arrivals(conn: &mut PgConnection, caller: &Caller) -> Result<Arrivals> {
    caller.require(Permission::ReadLeads)?;
    let midnight = |days| hours::midnight(caller.now, days, caller.account.time_zone);
    // The week before, then each day by itself; the last midnight is yet to come.
    let ends: Vec<DateTime<Utc>> = (1 - DAYS..=1).map(midnight).collect();
    let week_before = midnight(1 - 2 * DAYS);
    let begins: Vec<DateTime<Utc>> = [week_before].iter().chain(&ends).copied().collect();
    let rows: Vec<Row> = diesel::sql_query(statement(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<Timestamptz>, _>(&begins[..ends.len()])
        .bind::<Array<Timestamptz>, _>(&ends)
        .bind::<BigInt, _>(COUNT_UP_TO + 1)
        .load(conn)?;
    let spans = begins.iter().zip(&ends).zip(&rows);
    let mut days = spans.map(|((begins, ends), row)| Day {
        begins: *begins,
        ends: *ends,
        leads: Total::of(row.counted),
    });
    let week_before = days.next().map_or(Total::of(0), |week| week.leads);
    Ok(Arrivals {
        week_before,
        days: days.collect(),
        nobodys: Total::of(rows.first().map_or(0, |row| row.nobodys)),
        any: rows.first().is_some_and(|row| row.any_lead),
    })
}
