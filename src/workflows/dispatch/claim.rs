//! Claiming what is queued to leave.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::engine::{Ground, Live, contact, load};
use super::super::words::AttemptState;
use super::late;
use super::parcel::{Links, Packing, Parcel, Queued, pack};
use crate::connectors::Channel;
use crate::db::schema::attempts;
use crate::do_not_contact;
use crate::error::Result;
use crate::telephony::{self, Rules};

/// How long a claim holds; sending takes two minutes at most.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// Of a run that stands still nothing leaves, nor to a lead that was put away.
const WAITING: &str = "
    SELECT a.account_id, a.id
    FROM attempts a
    JOIN workflow_runs r ON r.account_id = a.account_id AND r.id = a.run_id
    JOIN workflows w ON w.account_id = r.account_id AND w.id = r.workflow_id
    JOIN leads l ON l.account_id = r.account_id AND l.id = r.lead_id
    WHERE a.wake_at <= $1 AND w.status = 'active' AND r.ended_at IS NULL AND r.status <> 'paused'
      AND l.archived_at IS NULL
    ORDER BY a.wake_at
    LIMIT $2
    FOR UPDATE OF a SKIP LOCKED";

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = SqlUuid)]
    account_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Claims messages whose time has come, at most `limit`. A claim that was never finished, since
/// its worker died, comes back when its lease is over.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub fn claim(
    conn: &mut PgConnection,
    links: &Links,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Parcel>> {
    loop {
        let (taken, parcels) = batch(conn, links, now, limit)?;
        // Where all were put off there may be others behind them.
        if taken == 0 || !parcels.is_empty() {
            return Ok(parcels);
        }
    }
}

/// How many waited, and those of them that are to leave now.
fn batch(
    conn: &mut PgConnection,
    links: &Links,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<(usize, Vec<Parcel>)> {
    conn.transaction(|conn| {
        let waiting: Vec<Waiting> = sql_query(WAITING)
            .bind::<Timestamptz, _>(now)
            .bind::<BigInt, _>(limit)
            .load(conn)?;
        if waiting.is_empty() {
            return Ok((0, Vec::new()));
        }
        let accounts: HashSet<Uuid> = waiting.iter().map(|one| one.account_id).collect();
        let these = attempts::account_id
            .eq_any(accounts)
            .and(attempts::id.eq_any(waiting.into_iter().map(|one| one.id)));
        let queued: Vec<Queued> = attempts::table
            .filter(these.clone())
            .select((
                attempts::account_id,
                attempts::id,
                attempts::lead_id,
                attempts::run_id,
                attempts::channel,
                attempts::recipient,
                attempts::subject,
                attempts::body,
                attempts::html,
                attempts::failures,
                attempts::state.eq(AttemptState::Sending),
            ))
            .load(conn)?;
        diesel::update(attempts::table.filter(these))
            .set((
                attempts::state.eq(AttemptState::Sending),
                attempts::wake_at.eq(now + LEASE),
            ))
            .execute(conn)?;
        let waited = queued.len();
        Ok((waited, parcels(conn, links, queued, now)?))
    })
}

/// Packs what was claimed, through the gate once more: what was queued hours ago may be on the
/// list by now.
fn parcels(
    conn: &mut PgConnection,
    links: &Links,
    queued: Vec<Queued>,
    now: DateTime<Utc>,
) -> Result<Vec<Parcel>> {
    let runs: Vec<(Uuid, Uuid)> = queued
        .iter()
        .map(|one| (one.account_id, one.run_id))
        .collect();
    let lives: HashMap<Uuid, Live> = load(conn, &runs)?
        .into_iter()
        .map(|live| (live.run.id, live))
        .collect();
    let all: Vec<Live> = lives.values().cloned().collect();
    let ground = Ground::load(conn, &all)?;
    let queued = late::put_off(conn, &ground, &lives, queued, now)?;
    let mut parcels = Vec::with_capacity(queued.len());
    let mut by_account: HashMap<Uuid, Vec<Queued>> = HashMap::new();
    for one in queued {
        by_account.entry(one.account_id).or_default().push(one);
    }
    for (account_id, queued) in by_account {
        let (queued, of): (Vec<Queued>, Vec<&Live>) = queued
            .into_iter()
            .filter_map(|one| lives.get(&one.run_id).map(|live| (one, live)))
            .unzip();
        let contacts: Vec<_> = queued
            .iter()
            .zip(&of)
            .map(|(one, live)| contact(live, one.channel))
            .collect();
        let passes = do_not_contact::gate(conn, account_id, &contacts)?;
        let calls = queued.iter().any(|one| one.channel == Channel::Call);
        let rules = match of.first() {
            Some(live) if calls => telephony::rules(conn, ground.account(live)?)?,
            _ => Rules::default(),
        };
        let packing = Packing {
            links,
            ground: &ground,
            rules: &rules,
            now,
        };
        for ((one, live), pass) in queued.into_iter().zip(of).zip(passes) {
            parcels.push(pack(conn, &packing, live, one, pass)?);
        }
    }
    Ok(parcels)
}
