//! How a person's day stands, and who is on what.

use chrono::{DateTime, NaiveTime, Utc};
use diesel::dsl::{count, count_star};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::words::{AttemptState, CALL_BACK_RANK, NodeType, StepState};
use super::next::{CLAIM, person};
use crate::caller::{Caller, Permission};
use crate::db::schema::{attempts, leads, users, workflow_run_steps, workflow_runs};
use crate::error::Result;
use crate::hours;

/// How a person's day stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// What they recorded since midnight in the account's zone.
    pub done_today: i64,
    /// What they could take now: of their own leads and of nobody's.
    pub due_now: i64,
    /// What of that is due since before midnight.
    pub overdue: i64,
    /// What of it are promised call-backs.
    pub call_backs: i64,
    /// When the next of their steps is due that is not due yet.
    pub next_due_at: Option<DateTime<Utc>>,
    /// Its lead.
    pub next_lead: Option<(Uuid, String)>,
}

/// How the caller's day stands, in three queries.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not work leads, or is no person.
pub fn tally(conn: &mut PgConnection, caller: &Caller) -> Result<Tally> {
    let person = person(caller)?;
    let account_id = caller.account.id;
    let zone = caller.account.time_zone;
    let midnight = caller
        .now
        .with_timezone(&zone)
        .date_naive()
        .and_time(NaiveTime::MIN);
    let today = hours::first_instant(midnight, zone);
    let done_today = attempts::table
        .filter(attempts::account_id.eq(account_id))
        .filter(attempts::author.eq(&person.email))
        .filter(attempts::created_at.ge(today))
        .filter(attempts::state.eq(AttemptState::Done))
        .count()
        .get_result(conn)?;
    let theirs = workflow_run_steps::owner_id
        .eq(person.id)
        .or(workflow_run_steps::owner_id.is_null());
    let overdue = workflow_run_steps::due_at.lt(today).assume_not_null();
    let groups: Vec<(i16, i64, i64)> = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(account_id))
        .filter(workflow_run_steps::state.eq(StepState::Task))
        .filter(theirs)
        .group_by(workflow_run_steps::rank)
        .select((
            workflow_run_steps::rank,
            count_star(),
            count(workflow_run_steps::id).aggregate_filter(overdue),
        ))
        .load(conn)?;
    let call_backs = groups.iter().filter(|(rank, ..)| *rank == CALL_BACK_RANK);
    let upcoming = upcoming(conn, caller, person.id)?;
    Ok(Tally {
        done_today,
        due_now: groups.iter().map(|(_, due, _)| due).sum(),
        overdue: groups.iter().map(|(.., late)| late).sum(),
        call_backs: call_backs.map(|(_, due, _)| due).sum(),
        next_due_at: upcoming.as_ref().map(|(at, ..)| *at),
        next_lead: upcoming.map(|(_, id, name)| (id, name)),
    })
}

/// The next outreach of a person's leads, or of nobody's, that waits for its time.
fn upcoming(
    conn: &mut PgConnection,
    caller: &Caller,
    person_id: Uuid,
) -> Result<Option<(DateTime<Utc>, Uuid, String)>> {
    let outreach: Vec<NodeType> = NodeType::ALL
        .iter()
        .copied()
        .filter(|node_type| node_type.channel().is_some())
        .collect();
    let theirs = leads::owner_id.eq(person_id).or(leads::owner_id.is_null());
    let of_run = workflow_runs::account_id
        .eq(leads::account_id)
        .and(workflow_runs::lead_id.eq(leads::id))
        .and(workflow_runs::ended_at.is_null());
    let open = workflow_run_steps::account_id
        .eq(leads::account_id)
        .and(workflow_run_steps::run_id.eq(workflow_runs::id))
        .and(workflow_run_steps::exited_at.is_null());
    // In the order of the list's own index: the first that is an outreach is near its beginning.
    type Row = (Option<DateTime<Utc>>, Uuid, String, Option<String>);
    let found: Option<Row> = leads::table
        .inner_join(workflow_runs::table.on(of_run))
        .inner_join(workflow_run_steps::table.on(open))
        .filter(leads::account_id.eq(caller.account.id))
        .filter(leads::archived_at.is_null())
        .filter(leads::next_action_at.gt(caller.now))
        .filter(theirs)
        .filter(workflow_run_steps::node_type.eq_any(outreach))
        .filter(workflow_run_steps::state.eq(StepState::Scheduled))
        .order(leads::next_action_at.asc())
        .select((
            leads::next_action_at,
            leads::id,
            leads::first_name,
            leads::last_name,
        ))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(at, id, first, last)| {
        let name = match last {
            Some(last) => format!("{first} {last}"),
            None => first,
        };
        Some((at?, id, name))
    }))
}

/// What a colleague has before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnWhat {
    /// Their name.
    pub user_name: String,
    /// The lead.
    pub lead_id: Uuid,
    /// Its name.
    pub lead_name: String,
    /// The step.
    pub label: String,
    /// When they took it, or looked at it last.
    pub since: DateTime<Utc>,
}

/// Who has which lead before them now, for those who lead the team.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn on_what(conn: &mut PgConnection, caller: &Caller) -> Result<Vec<OnWhat>> {
    caller.require(Permission::WriteWorkflows)?;
    let of_run = workflow_runs::account_id
        .eq(workflow_run_steps::account_id)
        .and(workflow_runs::id.eq(workflow_run_steps::run_id));
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let of_person = users::account_id
        .eq(workflow_run_steps::account_id)
        .and(users::id.nullable().eq(workflow_run_steps::claimed_by_id));
    type Row = (
        String,
        Uuid,
        String,
        Option<String>,
        String,
        Option<DateTime<Utc>>,
    );
    let rows: Vec<Row> = workflow_run_steps::table
        .inner_join(workflow_runs::table.on(of_run))
        .inner_join(leads::table.on(of_lead))
        .inner_join(users::table.on(of_person))
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::claimed_by_id.is_not_null())
        .filter(workflow_run_steps::claim_ends_at.gt(caller.now))
        .order((users::name, users::id))
        .select((
            users::name,
            leads::id,
            leads::first_name,
            leads::last_name,
            workflow_run_steps::label,
            workflow_run_steps::claim_ends_at,
        ))
        .load(conn)?;
    let on = |(user_name, lead_id, first, last, label, ends): Row| OnWhat {
        user_name,
        lead_id,
        lead_name: match last {
            Some(last) => format!("{first} {last}"),
            None => first,
        },
        label,
        since: ends.unwrap_or(caller.now) - CLAIM,
    };
    Ok(rows.into_iter().map(on).collect())
}
