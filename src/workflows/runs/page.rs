//! The leads of a workflow, those of today and those that were.

use diesel::dsl::sql;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::super::seen;
use super::super::words::RunStatus;
use super::found::RunFacts;
use crate::caller::{Caller, Permission};
use crate::db::schema::{leads, workflow_runs, workflows};
use crate::error::{Error, Noun, Result};
use crate::leads::COUNT_UP_TO;
use crate::paging::{After, Page, Slice};
use crate::visibility;

/// A lead in a workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Its run.
    pub run: RunFacts,
    /// Its number in E.164, else as it was given.
    pub phone_number: Option<String>,
}

/// One more than is told exactly, so that it shows when there are more.
fn count(caller: &Caller) -> String {
    let seen = seen::run(caller, "r");
    format!(
        "SELECT count(*) AS n FROM (
             SELECT 1 FROM workflow_runs r
             WHERE account_id = $1 AND workflow_id = $2 AND ($3 IS NULL OR status = $3){seen}
             LIMIT $4
         ) AS counted"
    )
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// A page of the runs of a workflow, of leads that the caller sees, the latest first; those that stand so, when that is asked
/// for. It counts to one more than [`COUNT_UP_TO`].
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such workflow.
pub fn runs_page(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    status: Option<RunStatus>,
    slice: &Slice,
) -> Result<Page<Enrolled>> {
    caller.require(Permission::ReadLeads)?;
    let account_id = caller.account.id;
    workflows::table
        .find((account_id, workflow_id))
        .select(workflows::id)
        .first::<Uuid>(conn)
        .optional()?
        .ok_or(Error::NotFound(Noun::Workflow))?;
    let of_lead = leads::account_id
        .eq(workflow_runs::account_id)
        .and(leads::id.eq(workflow_runs::lead_id));
    let mut rows = workflow_runs::table
        .inner_join(leads::table.on(of_lead))
        .filter(workflow_runs::account_id.eq(account_id))
        .filter(workflow_runs::workflow_id.eq(workflow_id))
        .select((RunFacts::as_select(), leads::phone_e164, leads::phone))
        .order((workflow_runs::enrolled_at.desc(), workflow_runs::id.desc()))
        .offset(slice.offset())
        .limit(slice.rows())
        .into_boxed();
    if let Some(seen) = visibility::condition(caller, "leads") {
        rows = rows.filter(sql::<Bool>(&seen));
    }
    if let Some(status) = status {
        rows = rows.filter(workflow_runs::status.eq(status));
    }
    if let Some(after) = slice.after() {
        let older = workflow_runs::enrolled_at.lt(after.created_at);
        let as_old = workflow_runs::enrolled_at.eq(after.created_at);
        rows = rows.filter(older.or(as_old.and(workflow_runs::id.lt(after.id))));
    }
    let rows: Vec<(RunFacts, Option<String>, Option<String>)> = rows.load(conn)?;
    let rows = rows.into_iter().map(|(run, e164, given)| Enrolled {
        run,
        phone_number: e164.or(given),
    });
    let count: Count = sql_query(count(caller))
        .bind::<SqlUuid, _>(account_id)
        .bind::<SqlUuid, _>(workflow_id)
        .bind::<Nullable<Text>, _>(status.map(RunStatus::as_str))
        .bind::<BigInt, _>(COUNT_UP_TO + 1)
        .get_result(conn)?;
    Ok(slice.page(rows.collect(), count.n, |enrolled| After {
        created_at: enrolled.run.enrolled_at,
        id: enrolled.run.id,
    }))
}
