//! Rotations as wheels, held while turns are drawn.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{
    Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use serde_json::Value;
use uuid::Uuid;

use super::rotation::Strategy;
use super::turn::{Given, Named};
use super::wheel::{Seat, Wheel};
use crate::caller::Caller;
use crate::error::Result;
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

/// Rotations with their members, both held, and who gets what no member can be given. A statement
/// of its own type, so that it is prepared once (ADR 5): every new lead without an owner waits for it.
#[derive(QueryId)]
struct Held {
    account_id: Uuid,
    ids: Vec<Uuid>,
    now: DateTime<Utc>,
    zone: &'static str,
    /// Whether the transaction need not wait for the disk.
    soon: bool,
}

impl QueryFragment<Pg> for Held {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT r.id, r.name, r.strategy, r.clock, r.counted_at, f.id, f.name, f.email,
                    m.id, m.user_id, u.name, u.email, m.weight, m.daily_cap, m.pass, m.given,
                    m.given_on, m.open_leads, u.deactivated_at IS NOT NULL, u.working_hours,
                    u.time_zone, (
                        SELECT max(a.ends_on) FROM absences a
                        WHERE a.account_id = m.account_id AND a.user_id = m.user_id
                          AND (",
        );
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(" AT TIME ZONE coalesce(u.time_zone, ");
        out.push_bind_param::<Text, _>(self.zone)?;
        out.push_sql(
            "))::date BETWEEN a.starts_on AND a.ends_on
                    )
             FROM rotations r
             JOIN rotation_members m ON m.account_id = r.account_id AND m.rotation_id = r.id
             JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
             LEFT JOIN users f ON f.account_id = r.account_id AND f.id = r.fallback_id
                 AND f.deactivated_at IS NULL
             CROSS JOIN (SELECT set_config('synchronous_commit', CASE WHEN ",
        );
        out.push_bind_param::<Bool, _>(&self.soon)?;
        out.push_sql(
            " THEN 'off' ELSE current_setting('synchronous_commit') END, true)) AS soon
             WHERE r.account_id = ",
        );
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(" AND r.id = ANY(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(") ORDER BY r.id, m.position, m.id FOR NO KEY UPDATE OF r, m");
        Ok(())
    }
}

impl SqlQuery for Held {
    type SqlType = (
        (SqlUuid, Text, Text, BigInt, Nullable<Timestamptz>),
        (Nullable<SqlUuid>, Nullable<Text>, Nullable<Text>),
        (
            (SqlUuid, SqlUuid, Text, Text, Integer, Nullable<Integer>),
            (BigInt, Integer, Nullable<Date>, BigInt),
            (Bool, Nullable<Jsonb>, Nullable<Text>, Nullable<Date>),
        ),
    );
}

impl RunQueryDsl<PgConnection> for Held {}

type RotationRow = (Uuid, String, Strategy, i64, Option<DateTime<Utc>>);
type FallbackRow = (Option<Uuid>, Option<String>, Option<String>);
type MemberRow = (
    (Uuid, Uuid, String, String, i32, Option<i32>),
    (i64, i32, Option<NaiveDate>, i64),
    (bool, Option<Value>, Option<String>, Option<NaiveDate>),
);

/// Loads rotations, which turn for nobody else until the transaction ends. With `soon` that does
/// not wait for the disk.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub(super) fn hold(
    conn: &mut PgConnection,
    caller: &Caller,
    ids: Vec<Uuid>,
    soon: bool,
) -> Result<Vec<Loaded>> {
    let held = Held {
        account_id: caller.account.id,
        ids,
        now: caller.now,
        zone: caller.account.time_zone.name(),
        soon,
    };
    let rows: Vec<(RotationRow, FallbackRow, MemberRow)> = held.load(conn)?;
    let mut all: Vec<Loaded> = Vec::new();
    for ((id, name, strategy, clock, counted_at), fallback, member) in rows {
        if all.last().is_none_or(|last| last.rotation.id != id) {
            all.push(Loaded {
                rotation: Arc::new(Named { id, name }),
                fallback: given(fallback),
                wheel: Wheel {
                    strategy,
                    clock,
                    seats: Vec::new(),
                },
                counted_at,
                places: Vec::new(),
            });
        }
        let (seat, place) = seat(caller, member)?;
        if let Some(last) = all.last_mut() {
            last.wheel.seats.push(seat);
            last.places.push(place);
        }
    }
    for one in &mut all {
        count_open_leads(conn, caller, one)?;
    }
    Ok(all)
}

fn given((user_id, name, email): FallbackRow) -> Option<Given> {
    Some(Given {
        user_id: user_id?,
        name: name?,
        email: email?,
    })
}

fn seat(caller: &Caller, row: MemberRow) -> Result<(Seat, (Uuid, NaiveDate))> {
    let ((id, user_id, name, email, weight, daily_cap), turns, works) = row;
    let (pass, given, given_on, open_leads) = turns;
    let (is_deactivated, hours, zone, away_until) = works;
    let (hours, zone) = people::read_hours(hours, zone)?;
    let zone: Tz = zone.unwrap_or(caller.account.time_zone);
    let today = caller.now.with_timezone(&zone).date_naive();
    let off = match is_deactivated {
        true => Some(people::Off::Deactivated),
        false => people::off(hours.as_ref(), zone, away_until, caller.now),
    };
    let seat = Seat {
        user_id,
        name,
        email,
        weight,
        daily_cap,
        pass,
        given: if given_on == Some(today) { given } else { 0 },
        open_leads,
        off,
    };
    Ok((seat, (id, today)))
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
