//! How far the turns have come is written down.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query as SqlQuery, QueryFragment, QueryId};
use diesel::sql_types::{
    Array, BigInt, Date, Integer, Nullable, Timestamptz, Untyped, Uuid as SqlUuid,
};
use uuid::Uuid;

use super::load::Loaded;
use super::wheel::Seat;
use crate::caller::Caller;
use crate::error::{Error, Result};

/// A statement of its own type, so that it is prepared once (ADR 5).
#[derive(QueryId)]
struct Save {
    account_id: Uuid,
    rotation_id: Uuid,
    places: Vec<Uuid>,
    days: Vec<NaiveDate>,
    passes: Vec<i64>,
    given: Vec<i32>,
    open_leads: Vec<i64>,
    clock: i64,
    counted_at: Option<DateTime<Utc>>,
    unserved: i64,
    now: DateTime<Utc>,
}

impl QueryFragment<Pg> for Save {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "WITH moved AS (
                 UPDATE rotation_members m
                 SET pass = t.pass, given = t.given, given_on = t.given_on,
                     open_leads = t.open_leads
                 FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.places)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.passes)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.given)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Date>, _>(&self.days)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.open_leads)?;
        out.push_sql(") AS t (id, pass, given, given_on, open_leads) WHERE m.account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(
            " AND m.id = t.id AND (m.pass, m.given, m.open_leads)
                  IS DISTINCT FROM (t.pass, t.given, t.open_leads)
             )
             UPDATE rotations SET clock = ",
        );
        out.push_bind_param::<BigInt, _>(&self.clock)?;
        out.push_sql(", counted_at = ");
        out.push_bind_param::<Nullable<Timestamptz>, _>(&self.counted_at)?;
        out.push_sql(", unserved = unserved + ");
        out.push_bind_param::<BigInt, _>(&self.unserved)?;
        out.push_sql(", unserved_at = CASE WHEN ");
        out.push_bind_param::<BigInt, _>(&self.unserved)?;
        out.push_sql(" > 0 THEN coalesce(unserved_at, ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(") ELSE unserved_at END WHERE account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(" AND id = ");
        out.push_bind_param::<SqlUuid, _>(&self.rotation_id)?;
        Ok(())
    }
}

impl SqlQuery for Save {
    type SqlType = Untyped;
}

impl RunQueryDsl<PgConnection> for Save {}

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
    let (places, days) = loaded.places.iter().copied().unzip();
    let save = Save {
        account_id: caller.account.id,
        rotation_id: loaded.rotation.id,
        places,
        days,
        passes: column(|seat| seat.pass),
        given: seats.iter().map(|seat| seat.given).collect(),
        open_leads: column(|seat| seat.open_leads),
        clock: loaded.wheel.clock,
        counted_at: loaded.counted_at,
        unserved,
        now: caller.now,
    };
    save.execute(conn).map(|_| ()).map_err(Error::from)
}
