//! One key of leads becomes another, over all leads of the account at once.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::json;

use super::key_figures::DAY;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::error::{Error, FieldErrors, Noun, Problem, Result};
use crate::fields::{self, Field, Kind};

/// As many leads are changed at once: all of them are held meanwhile.
pub const MERGED_AT_ONCE: i64 = 100_000;

/// What would become of the leads that have a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct KeyMerge {
    /// Those that lose the key; counted no further than one more than can be changed at once.
    #[diesel(sql_type = BigInt)]
    pub leads: i64,
    /// Of those, the ones that say something under the other key, which stays.
    #[diesel(sql_type = BigInt)]
    pub both: i64,
    /// Those that keep it, since the field of the other key does not take what they say.
    #[diesel(sql_type = BigInt)]
    pub unfit: i64,
}

/// Whether what stands under the key `$2` may go to the key `$3`, by the type `$4` and the choices
/// `$5` of its field.
fn fits() -> String {
    format!(
        "(jsonb_exists(metadata, $3) OR CASE $4
              WHEN 'text' THEN jsonb_typeof(metadata -> $2) = 'string'
              WHEN 'number' THEN jsonb_typeof(metadata -> $2) = 'number'
              WHEN 'boolean' THEN jsonb_typeof(metadata -> $2) = 'boolean'
              WHEN 'date' THEN metadata ->> $2 ~ '{DAY}'
              WHEN 'choice' THEN metadata ->> $2 = ANY($5)
              ELSE true END)"
    )
}

/// What it would be to make one key of leads another: nothing is written.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] when a key is none, or both are the same.
pub fn key_merge(
    conn: &mut PgConnection,
    caller: &Caller,
    from: &str,
    to: &str,
) -> Result<KeyMerge> {
    caller.require(Permission::ReadSettings)?;
    check(from, to)?;
    let catalogue = fields::catalogue(conn, caller.account.id)?;
    count(conn, caller, (from, to), catalogue.get(to))
}

/// Makes one key of leads another. Where a lead has both, the other's value stays; what the field of
/// the other key does not take stays where it is. A field whose key it was gets the other, unless
/// that is a field too: then it is taken out. How many leads were changed.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] when a key is none, or both are the same;
/// [`Error::NotFound`] when neither is a field; [`Error::Conflict`] when it is more leads than can be
/// changed at once.
pub fn merge_key(conn: &mut PgConnection, caller: &Caller, from: &str, to: &str) -> Result<i64> {
    caller.require(Permission::WriteSettings)?;
    caller.require(Permission::WriteLeads)?;
    check(from, to)?;
    conn.transaction(|conn| {
        let catalogue = fields::catalogue(conn, caller.account.id)?;
        let (left, target) = (catalogue.get(from), catalogue.get(to));
        let field = target.or(left).ok_or(Error::NotFound(Noun::Field))?;
        if count(conn, caller, (from, to), target)?.leads > MERGED_AT_ONCE {
            let sentence =
                "More than 100,000 leads have this key; that is more than can be changed at once";
            return Err(Error::Conflict(sentence.into()));
        }
        match (left, target) {
            (Some(left), Some(_)) => _ = fields::delete(conn, caller, left.id)?,
            (Some(left), None) => fields::set_key(conn, caller, left, to)?,
            (None, _) => {}
        }
        let moved = moved(conn, caller, (from, to), target)?;
        let told = Change {
            event: Event::KeysMerged,
            subject: Subject::Field,
            subject_id: field.id,
            data: json!({ "from": from, "to": to, "leads": moved }),
        };
        audit::write(conn, caller, &[told])?;
        Ok(moved)
    })
}

fn check(from: &str, to: &str) -> Result<()> {
    let mut errors = FieldErrors::default();
    fields::check_key("from", from, &mut errors);
    fields::check_key("to", to, &mut errors);
    if errors.0.is_empty() && from == to {
        errors.push("to", Problem::Said("Both keys are the same".into()));
    }
    errors.or(())
}

fn count(
    conn: &mut PgConnection,
    caller: &Caller,
    (from, to): (&str, &str),
    target: Option<&Field>,
) -> Result<KeyMerge> {
    let fits = fits();
    let sql = format!(
        "SELECT count(*) FILTER (WHERE fits) AS leads, count(*) FILTER (WHERE has_both) AS both,
                count(*) FILTER (WHERE NOT fits) AS unfit
         FROM (
             SELECT {fits} AS fits, jsonb_exists(metadata, $3) AS has_both FROM leads
             WHERE account_id = $1 AND jsonb_exists(metadata, $2) LIMIT $6
         ) AS those"
    );
    let counted = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Text, _>(from)
        .bind::<Text, _>(to)
        .bind::<Nullable<Text>, _>(target.map(|field| field.kind))
        .bind::<Array<Text>, _>(choices(target))
        .bind::<BigInt, _>(MERGED_AT_ONCE + 1);
    Ok(counted.get_result(conn)?)
}

fn moved(
    conn: &mut PgConnection,
    caller: &Caller,
    (from, to): (&str, &str),
    target: Option<&Field>,
) -> Result<i64> {
    let fits = fits();
    let sql = format!(
        "UPDATE leads
         SET metadata = jsonb_build_object($3, metadata -> $2) || (metadata - $2),
             revision = revision + 1, updated_at = $6
         WHERE account_id = $1 AND jsonb_exists(metadata, $2) AND {fits}"
    );
    let moved = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Text, _>(from)
        .bind::<Text, _>(to)
        .bind::<Nullable<Text>, _>(target.map(|field| field.kind))
        .bind::<Array<Text>, _>(choices(target))
        .bind::<Timestamptz, _>(caller.now)
        .execute(conn)?;
    i64::try_from(moved).map_err(Error::internal)
}

fn choices(target: Option<&Field>) -> Vec<String> {
    let chosen = target.filter(|field| field.kind == Kind::Choice);
    chosen.map_or_else(Vec::new, |field| field.choices.clone())
}
