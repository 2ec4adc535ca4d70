//! How the day of everybody stands, and who is on what: for those who lead the team.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::seen;
use super::next::CLAIM;
use crate::caller::{Caller, Permission, Sees};
use crate::db::schema::{leads, users, workflow_run_steps, workflow_runs};
use crate::error::Result;
use crate::hours;
use crate::leads::{COUNT_UP_TO, Total};
use crate::visibility;

/// How far a single person's tasks are counted.
const OF_ONE: i64 = COUNT_UP_TO / 10;

/// How the day of everybody stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// What is due for anybody.
    pub due: Total,
    /// Those who work leads, who has most to do first.
    pub members: Vec<Member>,
}

/// How the day of one of them stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    /// What is due for them alone.
    pub due: Total,
    /// What of it is due since before midnight in the account's zone.
    pub overdue: Total,
    /// What they recorded since then.
    pub done_today: Total,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    email: String,
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    done: i64,
    #[diesel(sql_type = BigInt)]
    everybodys: i64,
}

fn statement(caller: &Caller) -> String {
    let seen = seen::step(caller, "s");
    let members = match &caller.sees {
        Sees::Teams { people, .. } => format!(" AND u.id = ANY ({})", visibility::array(people)),
        Sees::All | Sees::Own { .. } => String::new(),
    };
    format!(
        "SELECT u.id, u.name, u.email, due.steps AS due, due.late AS overdue, done.steps AS done,
           (SELECT count(*) FROM (
               SELECT FROM workflow_run_steps s WHERE s.account_id = $1 AND s.state = 'task'{seen}
               LIMIT $4
           ) AS every) AS everybodys
    FROM users u
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps, count(*) FILTER (WHERE t.due_at < $2) AS late FROM (
            SELECT s.due_at FROM workflow_run_steps s
            WHERE s.account_id = $1 AND s.state = 'task' AND s.owner_id = u.id LIMIT $3
        ) AS t
    ) AS due
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps FROM (
            SELECT FROM attempts a
            WHERE a.account_id = $1 AND a.author = u.email AND a.created_at >= $2
              AND a.state = 'done' LIMIT $3
        ) AS recorded
    ) AS done
    WHERE u.account_id = $1 AND u.deactivated_at IS NULL AND u.role <> 'viewer'{members}
    ORDER BY due.steps DESC, done.steps DESC, u.name COLLATE \"und-x-icu\", u.id"
    )
}

/// How the day of everybody who works leads stands, in one query; for whom sees the leads of some teams,
/// of the people in these.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for who does not lead the team.
pub fn team(conn: &mut PgConnection, caller: &Caller) -> Result<Team> {
    caller.require(Permission::WriteWorkflows)?;
    let today = hours::midnight(caller.now, 0, caller.account.time_zone);
    let rows: Vec<Row> = diesel::sql_query(statement(caller))
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Timestamptz, _>(today)
        .bind::<BigInt, _>(OF_ONE + 1)
        .bind::<BigInt, _>(COUNT_UP_TO + 1)
        .load(conn)?;
    let due = Total::of(rows.first().map_or(0, |row| row.everybodys));
    let members = rows.into_iter().map(|row| {
        let due = Total::up_to(OF_ONE, row.due);
        Member {
            id: row.id,
            name: row.name,
            email: row.email,
            due,
            overdue: Total {
                leads: row.overdue.min(due.leads),
                is_exact: due.is_exact,
            },
            done_today: Total::up_to(OF_ONE, row.done),
        }
    });
    Ok(Team {
        due,
        members: members.collect(),
    })
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

/// Who has which of the leads that the caller sees before them now, for those who lead the team.
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
    let taken = workflow_run_steps::table
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
        .into_boxed();
    let rows: Vec<Row> = match visibility::condition(caller, "leads") {
        Some(seen) => taken.filter(sql::<Bool>(&seen)).load(conn)?,
        None => taken.load(conn)?,
    };
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
