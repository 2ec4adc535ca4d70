//! Runs that began by mistake: those that nobody has worked at leave no trace but their audit.

use std::collections::HashSet;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::json;
use uuid::Uuid;

use super::super::words::RunStatus;
use crate::audit::{self, Change, Event, Subject};
use crate::caller::{Caller, Permission};
use crate::error::Result;

/// A run has been worked at when a step of it has come to something, a message was made, or
/// somebody has it on their desk.
const WITHDRAW: &str = "
    DELETE FROM workflow_runs r USING workflows w
    WHERE r.account_id = $1 AND r.id = ANY($2) AND r.ended_at IS NULL
      AND w.account_id = $1 AND w.id = r.workflow_id
      AND NOT EXISTS (SELECT FROM attempts t WHERE t.account_id = $1 AND t.run_id = r.id)
      AND NOT EXISTS (SELECT FROM workflow_run_steps s
                      WHERE s.account_id = $1 AND s.run_id = r.id
                        AND (s.outcome IS NOT NULL OR s.claim_ends_at > $3))
    RETURNING r.id, r.lead_id, w.id AS workflow_id, w.name AS workflow_name";

/// A lead stands where its newest run has left it.
const STAND_BACK: &str = "
    UPDATE leads l
    SET workflow_id = before.workflow_id, status_key = before.status_key, next_action_at = NULL,
        revision = l.revision + 1, updated_at = $3
    FROM unnest($2) AS u (id)
    LEFT JOIN LATERAL (
        SELECT r.workflow_id, r.status_key FROM workflow_runs r
        WHERE r.account_id = $1 AND r.lead_id = u.id ORDER BY r.enrolled_at DESC LIMIT 1
    ) AS before ON true
    WHERE l.account_id = $1 AND l.id = u.id";

#[derive(QueryableByName)]
struct Withdrawn {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    lead_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    workflow_id: Uuid,
    #[diesel(sql_type = Text)]
    workflow_name: String,
}

/// Withdraws those of these runs that nobody has worked at: their leads stand where they stood
/// before. Inside the caller's transaction, which holds the leads. The runs that were withdrawn.
///
/// # Errors
/// [`crate::error::Error::Forbidden`].
pub fn withdraw(
    conn: &mut PgConnection,
    caller: &Caller,
    run_ids: &[Uuid],
) -> Result<HashSet<Uuid>> {
    caller.require(Permission::WriteLeads)?;
    if run_ids.is_empty() {
        return Ok(HashSet::new());
    }
    let withdrawn: Vec<Withdrawn> = diesel::sql_query(WITHDRAW)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(run_ids)
        .bind::<Timestamptz, _>(caller.now)
        .load(conn)?;
    let leads: Vec<Uuid> = withdrawn.iter().map(|run| run.lead_id).collect();
    diesel::sql_query(STAND_BACK)
        .bind::<SqlUuid, _>(caller.account.id)
        .bind::<Array<SqlUuid>, _>(leads)
        .bind::<Timestamptz, _>(caller.now)
        .execute(conn)?;
    let entries: Vec<Change> = withdrawn.iter().map(entry).collect();
    audit::write(conn, caller, &entries)?;
    Ok(withdrawn.into_iter().map(|run| run.id).collect())
}

fn entry(run: &Withdrawn) -> Change {
    Change {
        event: Event::RunEnded,
        subject: Subject::Lead,
        subject_id: run.lead_id,
        data: json!({
            "run_id": run.id, "status": RunStatus::Removed, "reason": "the import was undone",
            "workflow": {"id": run.workflow_id, "name": run.workflow_name},
        }),
    }
}
