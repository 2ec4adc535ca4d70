//! How a person's day stands.

use chrono::{DateTime, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::seen;
use super::next::person;
use crate::caller::{Caller, Person};
use crate::error::Result;
use crate::hours;
use crate::leads::Total;
use crate::visibility;

/// How a person's day stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// What they recorded since midnight in the account's zone.
    pub done_today: i64,
    /// What they could take now: of their own leads and of nobody's that they see.
    pub due_now: Total,
    /// What of that is due since before midnight.
    pub overdue: Total,
    /// What of it are promised call-backs.
    pub call_backs: Total,
    /// What of it is nobody's.
    pub nobodys: Total,
    /// When the next of their steps is due that is not due yet.
    pub next_due_at: Option<DateTime<Utc>>,
    /// Its lead.
    pub next_lead: Option<(Uuid, String)>,
}

/// The statement of [`tally`].
#[derive(Debug)]
struct Day<'a> {
    account_id: Uuid,
    person: &'a Person,
    now: DateTime<Utc>,
    today: DateTime<Utc>,
    /// What is put behind the conditions on a step `s`, and on a lead `soon`, for who does not see every lead.
    seen: (String, String),
}

/// Each count is a walk of one index that ends where counting stops. What comes next is looked for
/// in the order of the list's own index, near its beginning: leads of many colleagues may stand
/// before it, but not without end.
fn day((step, lead): &(String, String)) -> String {
    format!(
        "SELECT done.steps, due.own, due.nobodys, due.late, due.promised, next.at, next.id, next.name
    FROM k
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps FROM (
            SELECT FROM attempts a
            WHERE a.account_id = k.account_id AND a.author = k.email
              AND a.created_at >= k.today AND a.state = 'done' LIMIT 10001
        ) AS recorded
    ) AS done
    CROSS JOIN LATERAL (
        SELECT count(t.owner_id) AS own, count(*) - count(t.owner_id) AS nobodys,
               count(*) FILTER (WHERE t.due_at < k.today) AS late,
               count(*) FILTER (WHERE t.rank = 0) AS promised
        FROM (
            (SELECT s.owner_id, s.rank, s.due_at FROM workflow_run_steps s
             WHERE s.account_id = k.account_id AND s.state = 'task' AND s.owner_id = k.person_id{step}
             LIMIT 10001)
            UNION ALL
            (SELECT s.owner_id, s.rank, s.due_at FROM workflow_run_steps s
             WHERE s.account_id = k.account_id AND s.state = 'task' AND s.owner_id IS NULL{step}
             LIMIT 10001)
        ) AS t
    ) AS due
    LEFT JOIN LATERAL (
        SELECT soon.at, soon.id, concat_ws(' ', soon.first_name, soon.last_name) AS name
        FROM (
            SELECT l.account_id, l.id, l.owner_id, l.team_id, l.first_name, l.last_name,
                   coalesce(l.next_action_at, 'infinity'::timestamptz) AS at
            FROM leads l
            WHERE l.account_id = k.account_id AND l.archived_at IS NULL
              AND coalesce(l.next_action_at, 'infinity'::timestamptz) > k.now
              AND coalesce(l.next_action_at, 'infinity'::timestamptz) < 'infinity'::timestamptz
            ORDER BY coalesce(l.next_action_at, 'infinity'::timestamptz), l.id LIMIT 2000
        ) AS soon
        JOIN workflow_runs r ON r.account_id = soon.account_id AND r.lead_id = soon.id
            AND r.ended_at IS NULL
        JOIN workflow_run_steps s ON s.account_id = r.account_id AND s.run_id = r.id
            AND s.exited_at IS NULL
        WHERE (soon.owner_id = k.person_id OR soon.owner_id IS NULL) AND s.state = 'scheduled'{lead}
          AND s.node_type IN ('VOICE_CALL', 'SMS', 'WHATSAPP', 'EMAIL')
        ORDER BY soon.at, soon.id LIMIT 1
    ) AS next ON true"
    )
}

impl QueryFragment<Pg> for Day<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.seen.0.is_empty() {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql("WITH k AS (SELECT ");
        out.push_bind_param::<SqlUuid, _>(&self.account_id)?;
        out.push_sql(" AS account_id, ");
        out.push_bind_param::<SqlUuid, _>(&self.person.id)?;
        out.push_sql(" AS person_id, ");
        out.push_bind_param::<Text, _>(&self.person.email)?;
        out.push_sql(" AS email, ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(" AS now, ");
        out.push_bind_param::<Timestamptz, _>(&self.today)?;
        out.push_sql(" AS today) ");
        out.push_sql(&day(&self.seen));
        Ok(())
    }
}

impl QueryId for Day<'_> {
    // Of whoever sees every lead the statement is always the same, and stays prepared by its text.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Day<'_> {
    type SqlType = (
        BigInt,
        BigInt,
        BigInt,
        BigInt,
        BigInt,
        Nullable<Timestamptz>,
        Nullable<SqlUuid>,
        Nullable<Text>,
    );
}

impl RunQueryDsl<PgConnection> for Day<'_> {}

/// How the caller's day stands, in one query.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who may not work leads, or is no person.
pub fn tally(conn: &mut PgConnection, caller: &Caller) -> Result<Tally> {
    let day = Day {
        account_id: caller.account.id,
        person: person(caller)?,
        now: caller.now,
        today: hours::midnight(caller.now, 0, caller.account.time_zone),
        seen: (
            seen::step(caller, "s"),
            visibility::and_seen(caller, "soon"),
        ),
    };
    type Row = (
        i64,
        i64,
        i64,
        i64,
        i64,
        Option<DateTime<Utc>>,
        Option<Uuid>,
        Option<String>,
    );
    let row: Row = day.get_result(conn)?;
    let (done_today, own, nobodys, late, promised, next_due_at, next_id, next_name) = row;
    let (own, nobodys) = (Total::of(own), Total::of(nobodys));
    let due_now = own.and(nobodys);
    // What lies beyond the last that was counted may be among these too.
    let of_them = |leads| Total {
        leads,
        is_exact: due_now.is_exact,
    };
    Ok(Tally {
        done_today,
        due_now,
        overdue: of_them(late),
        call_backs: of_them(promised),
        nobodys,
        next_due_at,
        next_lead: next_id.zip(next_name),
    })
}
