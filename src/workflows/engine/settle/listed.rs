//! Leads that a new entry of the do-not-contact list names leave their workflows.

use chrono::{DateTime, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::super::cadence::{End, Next};
use super::super::super::words::{AttemptState, RunStatus};
use super::super::ground::Ground;
use super::super::live::load;
use super::super::turn::leave;
use super::super::write;
use crate::caller::{Actor, Caller, Sees};
use crate::db::schema::attempts;
use crate::do_not_contact::{self, By, Contact, Entry, Kind};
use crate::error::Result;
use crate::text;

/// How many entries are seen to in one transaction, and how many runs of one entry.
const ENTRIES: i64 = 20;
const RUNS: i64 = 500;

/// Found by the index of searches. A run in a person's hands is theirs: nothing fires, and once it
/// is handed back the gate stands before each step.
const NAMED: &str = "
    SELECT r.id
    FROM leads l
    JOIN workflow_runs r ON r.account_id = l.account_id AND r.lead_id = l.id
    WHERE l.account_id = $1 AND r.ended_at IS NULL AND r.status <> 'paused'
        AND (l.id = $2 OR l.search_text LIKE $3 AND (l.phone_e164 = $4 OR lower(l.email) = $4))
    ORDER BY r.id LIMIT $5
    FOR NO KEY UPDATE OF r, l SKIP LOCKED";

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Takes the leads that new entries name out of their workflows, however the entries came on the
/// list; how many it took. What decides is what decides when a lead comes into a workflow: any
/// entry of the lead, its number or its address keeps it out, so any takes it out. At a step the
/// channel's own entries alone stand in the way; that is for leads who got a listed number or
/// address later.
pub fn take_out(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<usize> {
    conn.transaction(|conn| {
        let entries = do_not_contact::unseen(conn, now, ENTRIES)?;
        let (mut taken, mut seen) = (0, Vec::new());
        for (account_id, entry) in &entries {
            let runs = named(conn, *account_id, entry)?;
            if runs.len() < RUNS as usize {
                seen.push((*account_id, entry.id));
            }
            if !runs.is_empty() {
                taken += end(conn, *account_id, &runs, now)?;
            }
        }
        do_not_contact::seen_to(conn, &seen, now)?;
        Ok(taken)
    })
}

/// The runs of the leads an entry names.
fn named(conn: &mut PgConnection, account_id: Uuid, entry: &Entry) -> Result<Vec<Uuid>> {
    let value = match entry.kind {
        Kind::Lead => None,
        Kind::Phone | Kind::Email => Some(entry.value.as_str()),
    };
    let runs: Vec<Named> = sql_query(NAMED)
        .bind::<SqlUuid, _>(account_id)
        .bind::<Nullable<SqlUuid>, _>(entry.lead_id())
        .bind::<Nullable<Text>, _>(value.map(|value| text::holding(&text::fold(value))))
        .bind::<Nullable<Text>, _>(value)
        .bind::<BigInt, _>(RUNS)
        .load(conn)?;
    Ok(runs.into_iter().map(|run| run.id).collect())
}

/// Ends held runs whose leads the gate does not let in; how many.
fn end(
    conn: &mut PgConnection,
    account_id: Uuid,
    runs: &[Uuid],
    now: DateTime<Utc>,
) -> Result<usize> {
    let runs: Vec<_> = runs.iter().map(|run_id| (account_id, *run_id)).collect();
    let lives = load(conn, &runs)?;
    let ground = Ground::load(conn, &lives)?;
    let Some(first) = lives.first() else {
        return Ok(0);
    };
    let worker = Caller {
        account: ground.account(first)?.clone(),
        actor: Actor::Worker,
        sees: Sees::All,
        request: None,
        now,
    };
    let contact = |lead: &crate::leads::Lead| Contact {
        lead_id: lead.id,
        phone: lead.phone_e164.clone(),
        email: lead.email.clone(),
    };
    let contacts = lives.iter();
    let contacts: Vec<_> = contacts
        .map(|live| (contact(&live.lead), By::Anything))
        .collect();
    let passes = do_not_contact::gate(conn, account_id, &contacts)?;
    let listed = lives.iter().zip(passes);
    let turns: Vec<_> = listed
        .filter_map(|(live, pass)| {
            let why = pass.err()?.sentence(worker.account.time_zone);
            let next = Next::End(End {
                status: RunStatus::Dropped,
                node: None,
                status_key: None,
                why: why.clone(),
            });
            let outcome = Some("BLOCKED".to_owned());
            Some(leave(&worker, &ground, live, None, outcome, next, None).because(why))
        })
        .collect();
    let ended: Vec<Uuid> = turns.iter().map(|turn| turn.live.run.id).collect();
    call_off(conn, account_id, &ended)?;
    write::turns(conn, &worker, &ground, &turns)?;
    Ok(ended.len())
}

/// What waits to be handed over does not leave.
fn call_off(conn: &mut PgConnection, account_id: Uuid, runs: &[Uuid]) -> Result<()> {
    let waiting = attempts::table
        .filter(attempts::account_id.eq(account_id))
        .filter(attempts::run_id.eq_any(runs))
        .filter(attempts::state.eq(AttemptState::Queued));
    diesel::update(waiting)
        .set((
            attempts::state.eq(AttemptState::Cancelled),
            attempts::wake_at.eq(None::<DateTime<Utc>>),
            attempts::why.eq("The lead came on the do-not-contact list"),
        ))
        .execute(conn)?;
    Ok(())
}
