//! Writing turns: any number of runs of one account in a handful of statements.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Bool, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::step::StepRow;
use super::super::words::StepState;
use super::ground::Ground;
use super::told::changes;
use super::turn::{Leave, Then, Turn};
use crate::audit::{self, Change};
use crate::caller::Caller;
use crate::db::schema::workflow_run_steps;
use crate::db::write_rows;
use crate::error::Result;

const STEPS: &str = "
    UPDATE workflow_run_steps s
    SET state = u.state, due_at = u.due_at, wake_at = u.wake_at, held_at = u.held_at,
        outcome = u.outcome, exited_at = u.exited_at, why = u.why, owner_id = u.owner_id,
        ready_at = u.ready_at, hours_revision = u.hours_revision,
        claimed_by_id = NULL, claim_ends_at = NULL
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS u
        (id, state, due_at, wake_at, held_at, outcome, exited_at, why, owner_id, ready_at, hours_revision)
    WHERE s.account_id = $1 AND s.id = u.id";

const RUNS: &str = "
    UPDATE workflow_runs r
    SET status = u.status, status_key = coalesce(u.status_key, r.status_key),
        current_node_id = coalesce(u.node_id, r.current_node_id),
        version_id = coalesce(u.version_id, r.version_id),
        step_count = coalesce(u.step_count, r.step_count),
        last_outcome = coalesce(u.outcome, r.last_outcome), why = u.why,
        paused_at = CASE WHEN u.status = 'paused' THEN coalesce(r.paused_at, $12) END,
        ended_at = u.ended_at,
        first_message = CASE WHEN u.is_reached THEN NULL ELSE r.first_message END
    FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS u
        (id, status, status_key, node_id, version_id, step_count, outcome, why, ended_at, is_reached)
    WHERE r.account_id = $1 AND r.id = u.id";

/// A lead has many indexes: its row is written only when it changes, as not when a call that was due
/// becomes a task.
const LEADS: &str = "
    UPDATE leads l
    SET next_action_at = u.next_action_at, status_key = coalesce(u.status_key, l.status_key),
        last_contacted_at = greatest(u.reached_at, l.last_contacted_at),
        revision = l.revision + (u.status_key IS NOT NULL)::int,
        updated_at = CASE WHEN u.status_key IS NULL THEN l.updated_at ELSE $6 END
    FROM unnest($2, $3, $4, $5) AS u (id, next_action_at, status_key, reached_at)
    WHERE l.account_id = $1 AND l.id = u.id
      AND (l.next_action_at IS DISTINCT FROM u.next_action_at
           OR u.status_key IS NOT NULL OR u.reached_at IS NOT NULL)";

/// Writes turns of runs of the caller's account, and the audit entries of what leads see of them.
pub fn turns(
    conn: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    turns: &[Turn<'_>],
) -> Result<()> {
    if turns.is_empty() {
        return Ok(());
    }
    steps(conn, caller, turns)?;
    next_steps(conn, caller, turns)?;
    runs(conn, caller, turns)?;
    leads(conn, caller, turns)?;
    let changes: Vec<Change> = turns
        .iter()
        .flat_map(|turn| changes(ground, turn))
        .collect();
    audit::write(conn, caller, &changes)
}

/// The steps that runs are at: they go on, stand still, or are over.
fn steps(conn: &mut PgConnection, caller: &Caller, turns: &[Turn<'_>]) -> Result<()> {
    let with_step = || {
        turns
            .iter()
            .filter_map(|turn| Some((turn, turn.live.step.as_ref()?)))
    };
    let (mut ids, mut states, mut dues, mut wakes, mut holds) =
        (vec![], vec![], vec![], vec![], vec![]);
    let (mut outcomes, mut exits, mut whys, mut owners) = (vec![], vec![], vec![], vec![]);
    let (mut readies, mut revisions) = (vec![], vec![]);
    for (turn, step) in with_step() {
        ids.push(step.id);
        match &turn.then {
            Then::Stay(stay) => {
                states.push(stay.state.as_str());
                dues.push(Some(stay.due_at));
                wakes.push(Some(stay.wake_at));
                holds.push(None);
                outcomes.push(None);
                exits.push(None);
                whys.push(stay.why.as_deref());
                owners.push(stay.owner_id);
                readies.push(stay.ready_at);
                revisions.push(Some(turn.live.workflow.hours_revision));
            }
            Then::Leave(leave) => {
                states.push(StepState::Done.as_str());
                dues.push(step.due_at);
                wakes.push(None);
                holds.push(None);
                outcomes.push(leave.outcome.as_deref());
                exits.push(Some(caller.now));
                // What was said while its report was awaited is no reason for what came of it.
                let so_far = step
                    .why
                    .as_deref()
                    .filter(|_| step.state != StepState::Sent);
                whys.push(leave.why.as_deref().or(so_far));
                owners.push(leave.owner_id);
                readies.push(None);
                revisions.push(None);
            }
            Then::Pause { why } => {
                // What was handed over stays so: its report may come.
                states.push(match step.state {
                    StepState::Sent => StepState::Sent.as_str(),
                    _ => StepState::Scheduled.as_str(),
                });
                dues.push(step.due_at);
                wakes.push(None);
                holds.push(Some(step.held_at.unwrap_or(caller.now)));
                outcomes.push(None);
                exits.push(None);
                whys.push(Some(why.as_str()));
                owners.push(None);
                readies.push(step.ready_at);
                revisions.push(step.hours_revision);
            }
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sql_query(STEPS)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(states)
        .bind::<Array<Nullable<Timestamptz>>, _>(dues)
        .bind::<Array<Nullable<Timestamptz>>, _>(wakes)
        .bind::<Array<Nullable<Timestamptz>>, _>(holds)
        .bind::<Array<Nullable<Text>>, _>(outcomes)
        .bind::<Array<Nullable<Timestamptz>>, _>(exits)
        .bind::<Array<Nullable<Text>>, _>(whys)
        .bind::<Array<Nullable<SqlUuid>>, _>(owners)
        .bind::<Array<Nullable<Timestamptz>>, _>(readies)
        .bind::<Array<Nullable<Int4>>, _>(revisions)
        .execute(conn)?;
    Ok(())
}

/// The steps that runs come to. An end that is a node of its own is entered and left at once.
fn next_steps(conn: &mut PgConnection, caller: &Caller, turns: &[Turn<'_>]) -> Result<()> {
    let rows: Vec<StepRow<'_>> = turns
        .iter()
        .filter_map(|turn| {
            let Then::Leave(leave) = &turn.then else {
                return None;
            };
            next_step(caller, turn, leave)
        })
        .collect();
    write_rows!(conn, workflow_run_steps::table, &rows)?;
    Ok(())
}

fn next_step<'a>(caller: &Caller, turn: &'a Turn<'_>, leave: &'a Leave) -> Option<StepRow<'a>> {
    let run = &turn.live.run;
    let number = turn.live.step.as_ref().map_or(0, |step| step.number) + 1;
    let row = |node, due_at| StepRow {
        number,
        ..StepRow::at(
            run.account_id,
            leave.next_id,
            run.id,
            node,
            due_at,
            caller.now,
        )
    };
    if let Some(landing) = leave.landing() {
        return Some(StepRow {
            attempt: landing.attempt,
            wake_at: leave.held_at.is_none().then_some(landing.due_at),
            held_at: leave.held_at,
            why: landing.why.as_deref(),
            rank: Turn::rank(landing, turn.live.workflow.priority),
            owner_id: leave.owner_id,
            ready_at: landing.ready_at,
            hours_revision: Some(turn.live.workflow.hours_revision),
            ..row(&landing.node, Some(landing.due_at))
        });
    }
    let end = leave.end()?;
    Some(StepRow {
        state: StepState::Done,
        wake_at: None,
        exited_at: Some(caller.now),
        why: Some(&end.why),
        ..row(end.node.as_ref()?, Some(caller.now))
    })
}

fn runs(conn: &mut PgConnection, caller: &Caller, turns: &[Turn<'_>]) -> Result<()> {
    let each = || turns.iter();
    let left = |turn: &'_ Turn<'_>| match &turn.then {
        Then::Leave(leave) => Some((leave.status_key.clone(), leave.outcome.clone())),
        _ => None,
    };
    let node = |turn: &Turn<'_>| match &turn.then {
        Then::Leave(leave) => match (leave.landing(), leave.end()) {
            (Some(landing), _) => Some(landing.node.id),
            (_, Some(end)) => end.node.as_ref().map(|node| node.id),
            _ => None,
        },
        _ => None,
    };
    let ids: Vec<Uuid> = each().map(|turn| turn.live.run.id).collect();
    let statuses: Vec<&str> = each().map(|turn| turn.run_status().as_str()).collect();
    let keys: Vec<Option<String>> = each().map(|turn| left(turn).and_then(|(k, _)| k)).collect();
    let nodes: Vec<Option<Uuid>> = each().map(node).collect();
    let (versions, counts): (Vec<Option<Uuid>>, Vec<Option<i32>>) =
        each().map(|turn| turn.version().unzip()).unzip();
    let outcomes: Vec<Option<String>> =
        each().map(|turn| left(turn).and_then(|(_, o)| o)).collect();
    let whys: Vec<Option<&str>> = each().map(Turn::why).collect();
    let ends: Vec<Option<DateTime<Utc>>> = each()
        .map(|turn| (!turn.run_status().is_live()).then_some(caller.now))
        .collect();
    let reached: Vec<bool> = each().map(|turn| reached_at(turn).is_some()).collect();
    sql_query(RUNS)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(statuses)
        .bind::<Array<Nullable<Text>>, _>(keys)
        .bind::<Array<Nullable<SqlUuid>>, _>(nodes)
        .bind::<Array<Nullable<SqlUuid>>, _>(versions)
        .bind::<Array<Nullable<Int4>>, _>(counts)
        .bind::<Array<Nullable<Text>>, _>(outcomes)
        .bind::<Array<Nullable<Text>>, _>(whys)
        .bind::<Array<Nullable<Timestamptz>>, _>(ends)
        .bind::<Array<Bool>, _>(reached)
        .bind::<Timestamptz, _>(caller.now)
        .execute(conn)?;
    Ok(())
}

fn leads(conn: &mut PgConnection, caller: &Caller, turns: &[Turn<'_>]) -> Result<()> {
    let ids: Vec<Uuid> = turns.iter().map(|turn| turn.live.run.lead_id).collect();
    let next: Vec<Option<DateTime<Utc>>> = turns.iter().map(Turn::next_action_at).collect();
    let keys: Vec<Option<String>> = turns.iter().map(|turn| status_key(turn).cloned()).collect();
    let reached: Vec<Option<DateTime<Utc>>> = turns.iter().map(reached_at).collect();
    sql_query(LEADS)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Nullable<Timestamptz>>, _>(next)
        .bind::<Array<Nullable<Text>>, _>(keys)
        .bind::<Array<Nullable<Timestamptz>>, _>(reached)
        .bind::<Timestamptz, _>(caller.now)
        .execute(conn)?;
    Ok(())
}

fn reached_at(turn: &Turn<'_>) -> Option<DateTime<Utc>> {
    match &turn.then {
        Then::Leave(leave) => leave.reached_at,
        _ => None,
    }
}

pub fn status_key<'a>(turn: &'a Turn<'_>) -> Option<&'a String> {
    match &turn.then {
        Then::Leave(leave) => leave.status_key.as_ref(),
        _ => None,
    }
}
