//! Rotations as wheels: held while turns are drawn, or only looked at.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use serde_json::Value;
use uuid::Uuid;

use super::rotation::Strategy;
use super::turn::{Given, Named};
use super::wheel::{Seat, Wheel};
use crate::caller::Caller;
use crate::db::schema::{rotations, users};
use crate::error::{Error, Result};
use crate::people;

/// With fewer open leads than this the members' are counted for each draw; with more, at most once
/// in [`COUNTED_FOR`], and what is drawn meanwhile is added.
const COUNTED_EACH_TIME: i64 = 2_000;
/// How long a count of many open leads is good for.
const COUNTED_FOR: TimeDelta = TimeDelta::seconds(60);

/// A rotation that turns can be drawn from.
pub(super) struct Loaded {
    pub rotation: Arc<Named>,
    /// Who gets what no member can be given.
    pub fallback: Option<Given>,
    pub wheel: Wheel,
    /// When open leads were counted that the wheel has.
    pub counted_at: Option<DateTime<Utc>>,
    /// The row of each seat, and what day it is for them.
    pub places: Vec<(Uuid, NaiveDate)>,
}

#[derive(QueryableByName)]
struct Member {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    rotation_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    user_id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = Integer)]
    weight: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    daily_cap: Option<i32>,
    #[diesel(sql_type = BigInt)]
    pass: i64,
    #[diesel(sql_type = Integer)]
    given: i32,
    #[diesel(sql_type = Nullable<Date>)]
    given_on: Option<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    open_leads: i64,
    #[diesel(sql_type = Bool)]
    is_deactivated: bool,
    #[diesel(sql_type = Nullable<Jsonb>)]
    working_hours: Option<Value>,
    #[diesel(sql_type = Nullable<Text>)]
    time_zone: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    away_until: Option<NaiveDate>,
}

const MEMBERS: &str = "
    SELECT m.id, m.rotation_id, m.user_id, u.name, u.email, m.weight, m.daily_cap, m.pass,
           m.given, m.given_on, m.open_leads, u.deactivated_at IS NOT NULL AS is_deactivated,
           u.working_hours, u.time_zone, (
               SELECT max(a.ends_on) FROM absences a
               WHERE a.account_id = m.account_id AND a.user_id = m.user_id
                 AND ($3 AT TIME ZONE coalesce(u.time_zone, $4))::date
                     BETWEEN a.starts_on AND a.ends_on
           ) AS away_until
    FROM rotation_members m
    JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
    WHERE m.account_id = $1 AND m.rotation_id = ANY($2)
    ORDER BY m.rotation_id, m.position, m.id";

type Row = (
    Uuid,
    String,
    Strategy,
    i64,
    Option<DateTime<Utc>>,
    Option<Uuid>,
);

/// Loads rotations; held, they turn for nobody else until the transaction ends.
///
/// # Errors
/// [`Error::Internal`] when the database can't be asked.
pub(super) fn load(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: &[Uuid],
    held: bool,
) -> Result<Vec<Loaded>> {
    let columns = (
        rotations::id,
        rotations::name,
        rotations::strategy,
        rotations::clock,
        rotations::counted_at,
        rotations::fallback_id,
    );
    let query = rotations::table
        .filter(rotations::account_id.eq(caller.account.id))
        .filter(rotations::id.eq_any(ids))
        .order(rotations::id)
        .select(columns);
    let rows: Vec<Row> = match held {
        true => query.for_no_key_update().load(conn)?,
        false => query.load(conn)?,
    };
    let members: Vec<Member> = diesel::sql_query(MEMBERS)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Timestamptz, _>(caller.now)
        .bind::<Text, _>(caller.account.time_zone.name())
        .load(conn)?;
    let fallbacks = fallbacks(conn, caller, &rows)?;
    let mut members = members.into_iter().peekable();
    let mut loaded = Vec::with_capacity(rows.len());
    for (id, name, strategy, clock, counted_at, fallback_id) in rows {
        let (mut seats, mut places) = (Vec::new(), Vec::new());
        while let Some(member) = members.next_if(|member| member.rotation_id == id) {
            let (seat, place) = seat(caller, member)?;
            seats.push(seat);
            places.push(place);
        }
        let fallback = fallbacks
            .iter()
            .find(|one| Some(one.user_id) == fallback_id)
            .cloned();
        let wheel = Wheel {
            strategy,
            clock,
            seats,
        };
        let mut one = Loaded {
            rotation: Arc::new(Named { id, name }),
            fallback,
            wheel,
            counted_at,
            places,
        };
        count_open_leads(conn, caller, &mut one)?;
        loaded.push(one);
    }
    Ok(loaded)
}

fn seat(caller: &Caller, member: Member) -> Result<(Seat, (Uuid, NaiveDate))> {
    let (hours, zone) = people::read_hours(member.working_hours, member.time_zone)?;
    let zone: Tz = zone.unwrap_or(caller.account.time_zone);
    let today = caller.now.with_timezone(&zone).date_naive();
    let off = match member.is_deactivated {
        true => Some(people::Off::Deactivated),
        false => people::off(hours.as_ref(), zone, member.away_until, caller.now),
    };
    let is_today = member.given_on == Some(today);
    let seat = Seat {
        user_id: member.user_id,
        name: member.name,
        email: member.email,
        weight: member.weight,
        daily_cap: member.daily_cap,
        pass: member.pass,
        given: if is_today { member.given } else { 0 },
        open_leads: member.open_leads,
        off,
    };
    Ok((seat, (member.id, today)))
}

/// Those who get what no member can be given, unless they can't sign in any more themselves; no
/// query where nobody does.
fn fallbacks(conn: &mut PgConnection, caller: &Caller, rows: &[Row]) -> Result<Vec<Given>> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.5).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(Uuid, String, String)> = users::table
        .filter(users::account_id.eq(caller.account.id))
        .filter(users::id.eq_any(ids))
        .filter(users::deactivated_at.is_null())
        .select((users::id, users::name, users::email))
        .load(conn)?;
    let given = |(user_id, name, email)| Given {
        user_id,
        name,
        email,
    };
    Ok(found.into_iter().map(given).collect())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = SqlUuid)]
    owner_id: Uuid,
    #[diesel(sql_type = BigInt)]
    open_leads: i64,
}

const OPEN_LEADS: &str = "
    SELECT l.owner_id, count(*) AS open_leads FROM leads l
    WHERE l.account_id = $1 AND l.owner_id = ANY($2) AND l.archived_at IS NULL
      AND NOT EXISTS (
          SELECT FROM workflow_statuses s
          WHERE s.account_id = l.account_id AND s.workflow_id = l.workflow_id
            AND s.key = l.status_key AND s.category IN ('won', 'lost'))
    GROUP BY l.owner_id";

/// Counts the leads of the members that are neither won nor lost, where that decides.
fn count_open_leads(conn: &mut PgConnection, caller: &Caller, loaded: &mut Loaded) -> Result<()> {
    if loaded.wheel.strategy != Strategy::FewestOpen {
        return Ok(());
    }
    let known: i64 = loaded.wheel.seats.iter().map(|seat| seat.open_leads).sum();
    let is_fresh = loaded
        .counted_at
        .is_some_and(|counted_at| caller.now - counted_at < COUNTED_FOR);
    if is_fresh && known >= COUNTED_EACH_TIME {
        return Ok(());
    }
    let seats = &mut loaded.wheel.seats;
    let people: Vec<Uuid> = seats.iter().map(|seat| seat.user_id).collect();
    let counts: Vec<Count> = diesel::sql_query(OPEN_LEADS)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(people)
        .load(conn)?;
    for seat in seats {
        let count = counts.iter().find(|count| count.owner_id == seat.user_id);
        seat.open_leads = count.map_or(0, |count| count.open_leads);
    }
    loaded.counted_at = Some(caller.now);
    Ok(())
}

/// Writes how far the turns have come, in one statement, and how many found nobody.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub(super) fn save(
    conn: &mut PgConnection,
    caller: &Caller,
    loaded: &Loaded,
    unserved: i64,
) -> Result<()> {
    let seats = &loaded.wheel.seats;
    let column = |value: fn(&Seat) -> i64| seats.iter().map(value).collect::<Vec<i64>>();
    let (ids, days): (Vec<Uuid>, Vec<NaiveDate>) = loaded.places.iter().copied().unzip();
    diesel::sql_query(
        "WITH moved AS (
             UPDATE rotation_members m
             SET pass = t.pass, given = t.given, given_on = t.given_on, open_leads = t.open_leads
             FROM unnest($2, $3, $4, $5, $6) AS t (id, pass, given, given_on, open_leads)
             WHERE m.account_id = $1 AND m.id = t.id
               AND (m.pass, m.given, m.open_leads)
                   IS DISTINCT FROM (t.pass, t.given::integer, t.open_leads)
         )
         UPDATE rotations
         SET clock = $8, counted_at = $9, unserved = unserved + $10,
             unserved_at = CASE WHEN $10 > 0 THEN coalesce(unserved_at, $11)
                                ELSE unserved_at END
         WHERE account_id = $1 AND id = $7",
    )
    .bind::<SqlUuid, _>(caller.account.id)
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<BigInt>, _>(column(|seat| seat.pass))
    .bind::<Array<BigInt>, _>(column(|seat| i64::from(seat.given)))
    .bind::<Array<Date>, _>(days)
    .bind::<Array<BigInt>, _>(column(|seat| seat.open_leads))
    .bind::<SqlUuid, _>(loaded.rotation.id)
    .bind::<BigInt, _>(loaded.wheel.clock)
    .bind::<Nullable<Timestamptz>, _>(loaded.counted_at)
    .bind::<BigInt, _>(unserved)
    .bind::<Timestamptz, _>(caller.now)
    .execute(conn)
    .map(|_| ())
    .map_err(Error::from)
}
