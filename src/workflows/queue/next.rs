//! Taking tasks.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::engine;
use super::super::seen;
use super::super::words::StepState;
use super::task::{Task, task};
use crate::caller::{Caller, Permission, Person};
use crate::db::schema::{users, workflow_run_steps, workflow_runs};
use crate::error::{Error, Result};
use crate::hours;

/// How long a task is before a person until it is anybody's again; looking at it renews it.
pub const CLAIM: TimeDelta = TimeDelta::minutes(10);

/// The task that a person has before them, its lease renewed; else the next one: of their own
/// leads and those of nobody that they see, what is overdue since yesterday or longer, then call-backs, then by
/// priority, the oldest first. The first of each group is found by one index look-up; what others
/// are just taking is passed over. The workflows that run are listed once: were they joined, a row
/// that somebody took meanwhile would be joined again to be passed over.
#[derive(Debug)]
struct Next {
    /// What is put behind the conditions on a step `s` for who does not see every lead.
    seen: String,
    account_id: Uuid,
    person_id: Uuid,
    now: DateTime<Utc>,
    today: DateTime<Utc>,
    claim_ends_at: DateTime<Utc>,
}

const FIRST_OF_A_GROUP: &str = "
    SELECT s.id, s.due_at FROM workflow_run_steps s
    WHERE s.state = 'task' AND s.rank = k.rank AND s.workflow_id = ANY (k.active)
      AND (s.claim_ends_at IS NULL OR s.claim_ends_at <= k.now)
      AND s.account_id = k.account_id AND s.owner_id ";
// All columns of the index: Postgres does not see that IS NULL leaves nothing to order.
const AND_OF_IT: &str =
    " ORDER BY s.owner_id, s.rank, s.due_at, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED";

impl QueryFragment<Pg> for Next {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.seen.is_empty() {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql("WITH at_hand AS (UPDATE workflow_run_steps s SET claim_ends_at = ");
        out.push_bind_param::<Timestamptz, _>(&self.claim_ends_at)?;
        out.push_sql(" WHERE state = 'task' AND account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(" AND claimed_by_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.person_id)?;
        out.push_sql(" AND claim_ends_at > ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(&self.seen);
        out.push_sql(" RETURNING id), k AS (SELECT r.rank, ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(" AS account_id, ");
        out.push_bind_param::<SqlUuid, _>(&self.person_id)?;
        out.push_sql(" AS person_id, ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(" AS now, ARRAY(SELECT w.id FROM workflows w WHERE w.account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(
            " AND w.status = 'active') AS active FROM (VALUES (0::smallint), (1::smallint), (2::smallint), (3::smallint)) AS r (rank)
                WHERE NOT EXISTS (SELECT FROM at_hand)),
            first AS MATERIALIZED (
                SELECT k.rank, f.id, f.due_at FROM k, LATERAL (",
        );
        out.push_sql(FIRST_OF_A_GROUP);
        out.push_sql("= k.person_id");
        out.push_sql(&self.seen);
        out.push_sql(AND_OF_IT);
        out.push_sql(") f UNION ALL SELECT k.rank, f.id, f.due_at FROM k, LATERAL (");
        out.push_sql(FIRST_OF_A_GROUP);
        out.push_sql("IS NULL");
        out.push_sql(&self.seen);
        out.push_sql(AND_OF_IT);
        out.push_sql(
            ") f), best AS MATERIALIZED (
                SELECT first.id FROM first ORDER BY (first.due_at >= ",
        );
        out.push_bind_param::<Timestamptz, _>(&self.today)?;
        out.push_sql(
            "), first.rank, first.due_at, first.id LIMIT 1),
            taken AS (UPDATE workflow_run_steps s SET claimed_by_id = ",
        );
        out.push_bind_param::<SqlUuid, _>(&self.person_id)?;
        out.push_sql(", claim_ends_at = ");
        out.push_bind_param::<Timestamptz, _>(&self.claim_ends_at)?;
        out.push_sql(" FROM best WHERE s.account_id = ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(
            " AND s.id = best.id RETURNING s.id)
            SELECT id FROM at_hand UNION ALL SELECT id FROM taken",
        );
        Ok(())
    }
}

impl QueryId for Next {
    // Of whoever sees every lead the statement is always the same, and stays prepared by its text.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Next {
    type SqlType = SqlUuid;
}

impl RunQueryDsl<PgConnection> for Next {}

/// The task that a person has before them, else the next one, taken for them; nothing when none
/// is due.
///
/// # Errors
/// [`Error::Forbidden`] for who may not work leads, or is no person.
pub fn next_task(conn: &mut PgConnection, caller: &Caller) -> Result<Option<Task>> {
    match claim_next(conn, caller)? {
        Some(step_id) => task(conn, caller, step_id),
        None => Ok(None),
    }
}

/// The step of the task that a person has before them, its lease renewed, else of the next one;
/// one statement.
///
/// # Errors
/// Those of [`next_task`].
pub fn claim_next(conn: &mut PgConnection, caller: &Caller) -> Result<Option<Uuid>> {
    let person_id = person(caller)?.id;
    let next = Next {
        seen: seen::step(caller, "s"),
        account_id: caller.account.id,
        person_id,
        now: caller.now,
        today: hours::midnight(caller.now, 0, caller.account.time_zone),
        claim_ends_at: caller.now + CLAIM,
    };
    Ok(next.get_results(conn)?.into_iter().next())
}

/// Takes the task of one lead.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] when the lead has no task, or a
/// colleague has it.
pub fn take_task(conn: &mut PgConnection, caller: &Caller, lead_id: Uuid) -> Result<Task> {
    let person = person(caller)?.clone();
    let step_id = conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, lead_id)?;
        let step = live.and_then(|live| live.step);
        let Some(step) = step.filter(|step| step.state == StepState::Task) else {
            return Err(Error::Conflict(
                "The lead has no task for a person now".into(),
            ));
        };
        let other = step.claimed_by_id.filter(|id| *id != person.id);
        let is_held = step.claim_ends_at.is_some_and(|ends| ends > caller.now);
        if let Some(other) = other.filter(|_| is_held) {
            let name = name(conn, caller, other)?;
            return Err(Error::Conflict(format!("{name} has this lead before them")));
        }
        give_back_others(conn, caller, person.id)?;
        diesel::update(workflow_run_steps::table.find((caller.account.id, step.id)))
            .set((
                workflow_run_steps::claimed_by_id.eq(person.id),
                workflow_run_steps::claim_ends_at.eq(caller.now + CLAIM),
            ))
            .execute(conn)?;
        Ok(step.id)
    })?;
    task(conn, caller, step_id)?.ok_or_else(|| Error::Conflict("The task is gone".into()))
}

/// Who has a lead's task before them now, by name.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn whose_claim(
    conn: &mut PgConnection,
    caller: &Caller,
    lead_id: Uuid,
) -> Result<Option<String>> {
    caller.require(Permission::ReadLeads)?;
    let of_run = workflow_runs::account_id
        .eq(workflow_run_steps::account_id)
        .and(workflow_runs::id.eq(workflow_run_steps::run_id));
    let of_person = users::account_id
        .eq(workflow_run_steps::account_id)
        .and(users::id.nullable().eq(workflow_run_steps::claimed_by_id));
    Ok(workflow_run_steps::table
        .inner_join(workflow_runs::table.on(of_run))
        .inner_join(users::table.on(of_person))
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_runs::lead_id.eq(lead_id))
        .filter(workflow_run_steps::exited_at.is_null())
        .filter(workflow_run_steps::claim_ends_at.gt(caller.now))
        .select(users::name)
        .first(conn)
        .optional()?)
}

/// The person who works leads.
pub(super) fn person(caller: &Caller) -> Result<&Person> {
    caller.require(Permission::WriteLeads)?;
    caller
        .person()
        .ok_or_else(|| Error::Forbidden("Only a person works leads in Today".into()))
}

/// A person has one lead before them.
fn give_back_others(conn: &mut PgConnection, caller: &Caller, person_id: Uuid) -> Result<()> {
    let theirs = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::claimed_by_id.eq(person_id));
    diesel::update(theirs)
        .set((
            workflow_run_steps::claimed_by_id.eq(None::<Uuid>),
            workflow_run_steps::claim_ends_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn name(conn: &mut PgConnection, caller: &Caller, user_id: Uuid) -> Result<String> {
    let name = users::table
        .find((caller.account.id, user_id))
        .select(users::name)
        .first(conn)
        .optional()?;
    Ok(name.unwrap_or_else(|| "Somebody".to_owned()))
}
