//! Taking the last outcome back, while nothing has followed from it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::engine;
use super::super::runs::{before::Before, newest_run};
use super::super::words::{NodeType, RunStatus, StepState};
use super::hand_back::lead_of;
use super::next::{CLAIM, person};
use crate::audit::{self, Change, Event, Subject};
use crate::caller::Caller;
use crate::db::schema::{attempts, leads, workflow_run_steps, workflow_runs};
use crate::error::{Error, Noun, Result};

/// How long an outcome can be taken back.
const WITHIN: TimeDelta = TimeDelta::minutes(10);

/// The last outcome a person recorded, while it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// The try.
    pub attempt_id: Uuid,
    /// The lead.
    pub lead_id: Uuid,
    /// Its name.
    pub lead_name: String,
    /// What was recorded.
    pub outcome: String,
    /// Until when it can be taken back.
    pub until: DateTime<Utc>,
}

/// The caller's last outcome, when it can still be taken back.
///
/// # Errors
/// [`Error::Forbidden`] for who may not work leads, or is no person.
pub fn undoable(conn: &mut PgConnection, caller: &Caller) -> Result<Option<Undoable>> {
    let person = person(caller)?;
    let of_lead = leads::account_id
        .eq(attempts::account_id)
        .and(leads::id.eq(attempts::lead_id));
    type Row = (
        Uuid,
        Uuid,
        String,
        Option<String>,
        Option<String>,
        DateTime<Utc>,
        (Option<Uuid>, Option<Uuid>),
    );
    let last: Option<Row> = attempts::table
        .inner_join(leads::table.on(of_lead))
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::author.eq(&person.email))
        .filter(attempts::created_at.gt(caller.now - WITHIN))
        .filter(attempts::before.is_not_null())
        .order((attempts::created_at.desc(), attempts::id.desc()))
        .select((
            attempts::id,
            leads::id,
            leads::first_name,
            leads::last_name,
            attempts::outcome,
            attempts::created_at,
            (leads::owner_id, leads::team_id),
        ))
        .first(conn)
        .optional()?;
    let last = last.filter(|(.., (owner_id, team_id))| caller.sees.lead(*owner_id, *team_id));
    let Some((attempt_id, lead_id, first, last, outcome, at, _)) = last else {
        return Ok(None);
    };
    if followed(conn, caller, attempt_id)?.is_err() {
        return Ok(None);
    }
    Ok(Some(Undoable {
        attempt_id,
        lead_id,
        lead_name: match last {
            Some(last) => format!("{first} {last}"),
            None => first,
        },
        outcome: outcome.unwrap_or_default(),
        until: at + WITHIN,
    }))
}

/// What was recorded, and the steps that followed from it.
struct Followed {
    lead_id: Uuid,
    run_id: Uuid,
    node_id: Uuid,
    due_at: Option<DateTime<Utc>>,
    before: Before,
    next: Vec<Uuid>,
}

/// What followed from a try; or why it can't be taken back.
fn followed(
    conn: &mut PgConnection,
    caller: &Caller,
    attempt_id: Uuid,
) -> Result<std::result::Result<Followed, &'static str>> {
    type Row = (
        Uuid,
        Uuid,
        Option<String>,
        Option<Value>,
        DateTime<Utc>,
        String,
    );
    let row: Option<Row> = attempts::table
        .find((caller.account.id, attempt_id))
        .select((
            attempts::lead_id,
            attempts::run_id,
            attempts::outcome,
            attempts::before,
            attempts::created_at,
            attempts::author,
        ))
        .first(conn)
        .optional()?;
    let (lead_id, run_id, outcome, before, created_at, author) =
        row.ok_or(Error::NotFound(Noun::Run))?;
    let Some(before) = before.filter(|_| author == caller.actor_name()) else {
        return Ok(Err("Only who recorded an outcome takes it back"));
    };
    if created_at <= caller.now - WITHIN {
        return Ok(Err("An outcome can be taken back for ten minutes"));
    }
    if outcome.as_deref() == Some("DO_NOT_CALL") {
        return Ok(Err("Take the lead off the do-not-contact list instead"));
    }
    type Step = (Uuid, i32, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
    let (node_id, number, due_at, left_at): Step = workflow_run_steps::table
        .find((caller.account.id, attempt_id))
        .select((
            workflow_run_steps::node_id,
            workflow_run_steps::number,
            workflow_run_steps::due_at,
            workflow_run_steps::exited_at,
        ))
        .first(conn)?;
    type Later = (Uuid, StepState, Option<DateTime<Utc>>, NodeType);
    let later: Vec<Later> = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .filter(workflow_run_steps::number.gt(number))
        .select((
            workflow_run_steps::id,
            workflow_run_steps::state,
            workflow_run_steps::claim_ends_at,
            workflow_run_steps::node_type,
        ))
        .load(conn)?;
    // The end of a run is entered and left with its outcome; anything else that was left, handed
    // over or taken by somebody has followed.
    let untouched = later
        .iter()
        .all(|(_, state, claim, node_type)| match state {
            StepState::Done => node_type.is_terminal(),
            StepState::Scheduled | StepState::Task => claim.is_none_or(|ends| ends <= caller.now),
            StepState::Sent => false,
        });
    if left_at.is_none() || later.len() > 1 || !untouched {
        return Ok(Err("The next step is under way already"));
    }
    Ok(Ok(Followed {
        lead_id,
        run_id,
        node_id,
        due_at,
        before: Before::read(before)?,
        next: later.into_iter().map(|(id, ..)| id).collect(),
    }))
}

/// Takes an outcome back: the task is before the person again, and the lead stands as it stood.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`]; [`Error::Conflict`] when something has followed, or
/// too much time has passed.
pub fn undo(conn: &mut PgConnection, caller: &Caller, attempt_id: Uuid) -> Result<()> {
    let person = person(caller)?.clone();
    let lead_id = lead_of(conn, caller, attempt_id)?;
    conn.transaction(|conn| {
        engine::hold(conn, caller, lead_id)?;
        let followed = followed(conn, caller, attempt_id)?
            .map_err(|sentence| Error::Conflict(sentence.to_owned()))?;
        if newest_run(conn, caller, lead_id)? != followed.run_id {
            let sentence = "The lead has come into another workflow since";
            return Err(Error::Conflict(sentence.into()));
        }
        reopen(conn, caller, attempt_id, &followed, person.id)?;
        let entry = Change {
            event: Event::RunMoved,
            subject: Subject::Lead,
            subject_id: followed.lead_id,
            data: json!({"run_id": followed.run_id, "how": "outcome taken back"}),
        };
        audit::write(conn, caller, &[entry])
    })
}

fn reopen(
    conn: &mut PgConnection,
    caller: &Caller,
    attempt_id: Uuid,
    followed: &Followed,
    person_id: Uuid,
) -> Result<()> {
    let account_id = caller.account.id;
    let next = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(account_id))
        .filter(workflow_run_steps::id.eq_any(&followed.next));
    diesel::delete(next).execute(conn)?;
    diesel::delete(attempts::table.find((account_id, attempt_id))).execute(conn)?;
    diesel::update(workflow_run_steps::table.find((account_id, attempt_id)))
        .set((
            workflow_run_steps::state.eq(StepState::Task),
            workflow_run_steps::exited_at.eq(None::<DateTime<Utc>>),
            workflow_run_steps::outcome.eq(None::<String>),
            // The worker looks whether its contact hours last when the claim is over.
            workflow_run_steps::wake_at.eq(caller.now + CLAIM),
            workflow_run_steps::claimed_by_id.eq(person_id),
            workflow_run_steps::claim_ends_at.eq(caller.now + CLAIM),
        ))
        .execute(conn)?;
    diesel::update(workflow_runs::table.find((account_id, followed.run_id)))
        .set((
            workflow_runs::status.eq(RunStatus::Waiting),
            workflow_runs::status_key.eq(&followed.before.status_key),
            workflow_runs::last_outcome.eq(&followed.before.last_outcome),
            workflow_runs::first_message.eq(&followed.before.first_message),
            workflow_runs::current_node_id.eq(followed.node_id),
            workflow_runs::why.eq(None::<String>),
            workflow_runs::paused_at.eq(None::<DateTime<Utc>>),
            workflow_runs::ended_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    diesel::update(leads::table.find((account_id, followed.lead_id)))
        .set((
            leads::status_key.eq(&followed.before.status_key),
            leads::last_contacted_at.eq(followed.before.last_contacted_at),
            leads::next_action_at.eq(followed.due_at),
            leads::revision.eq(leads::revision + 1),
            leads::updated_at.eq(caller.now),
        ))
        .execute(conn)?;
    Ok(())
}
