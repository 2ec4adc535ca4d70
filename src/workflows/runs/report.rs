//! What came of a try: reported by a person, or by the dialer that made it.

use chrono::{DateTime, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use validator::Validate;

use super::super::engine;
use super::before::{Before, Followed};
use super::found::{RunFacts, find_run_in};
use super::record::record;
use super::steer::FURTHEST;
use crate::caller::{Caller, Permission};
use crate::db::schema::{attempts, workflow_run_steps};
use crate::error::{Error, FieldErrors, Problem, Result};
use crate::text;

/// What came of a try.
#[derive(Debug, Clone, Default, PartialEq, Validate)]
pub struct Report {
    /// A word of contract §3, or the label of an edge out of the node.
    #[validate(length(min = 1, max = 100), custom(function = "text::check_nul"))]
    pub outcome: String,
    /// What there is to say of it, at most 10,000 characters.
    #[validate(length(max = 10_000), custom(function = "text::check_nul"))]
    pub note: Option<String>,
    /// How long a call took, in seconds, at most a day.
    #[validate(range(min = 0, max = 86_400))]
    pub duration_seconds: Option<i32>,
    /// Where it can be listened to.
    #[validate(length(max = 2_000), custom(function = "text::check_nul"))]
    pub recording_url: Option<String>,
    /// When it happened; now, when it is not said.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The reporter's own id of it: the same again changes nothing.
    #[validate(length(min = 1, max = 200), custom(function = "text::check_nul"))]
    pub external_id: Option<String>,
    /// When the lead is to be called back, when that was promised.
    pub call_back_at: Option<DateTime<Utc>>,
}

/// What followed from a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// The try.
    pub attempt_id: Uuid,
    /// The run as it stands after it.
    pub run: RunFacts,
    /// What came of it.
    pub outcome: String,
    /// What comes next; nothing when the run is over.
    pub next: Option<Upcoming>,
}

impl Reported {
    /// A report of a run, and what followed from it then.
    pub fn of(run: RunFacts, attempt_id: Uuid, outcome: String, followed: Followed) -> Self {
        Self {
            attempt_id,
            run: RunFacts {
                status: followed.status,
                current_node_id: followed.node_id,
                ..run
            },
            outcome,
            next: followed.next,
        }
    }
}

/// The next step of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upcoming {
    /// The node.
    pub node_id: Uuid,
    /// What people call it.
    pub label: String,
    /// When it is due; nothing while nobody says so.
    pub due_at: Option<DateTime<Utc>>,
}

/// Reports what came of the outreach that a run waits for. A report may come before the step is
/// due; of a paused run it moves the lead, and nothing fires until it is resumed (contract §3).
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the workflow has no such run; [`Error::Invalid`]
/// when the outcome is none of the node's; [`Error::Conflict`] when nothing waits for one, or when
/// another was reported at the same moment.
pub fn report(
    conn: &mut PgConnection,
    caller: &Caller,
    workflow_id: Uuid,
    run_id: Uuid,
    report: Report,
) -> Result<Reported> {
    caller.require(Permission::WriteLeads)?;
    let report = checked(caller, report)?;
    let run = find_run_in(conn, caller, workflow_id, run_id)?;
    // Read before the lead is held: whoever finds another step afterwards was second.
    let expected = open_step(conn, caller, run_id)?;
    conn.transaction(|conn| {
        let (_, live) = engine::hold(conn, caller, run.lead_id)?;
        if let Some(again) = reported_before(conn, caller, &run, &report)? {
            return Ok(again);
        }
        let live = live.filter(|live| live.run.id == run_id);
        let Some(live) = live else {
            return Err(Error::Conflict(
                "The lead's run is over; nothing waits for an outcome".into(),
            ));
        };
        if live.step.as_ref().map(|step| step.id) != expected {
            return Err(Error::Conflict(
                "Another outcome was reported at the same moment".into(),
            ));
        }
        let followed = record(conn, caller, &live, &report)?;
        let attempt_id = live.step.map_or(run_id, |step| step.id);
        Ok(Reported::of(run, attempt_id, report.outcome, followed))
    })
}

/// A report trimmed, and the rules it breaks.
pub fn checked(caller: &Caller, report: Report) -> Result<Report> {
    let report = Report {
        // The clocks of others run ahead at times.
        occurred_at: report.occurred_at.map(|at| at.min(caller.now)),
        outcome: report.outcome.trim().to_owned(),
        note: text::clean(report.note),
        recording_url: text::clean(report.recording_url),
        external_id: text::clean(report.external_id),
        ..report
    };
    let fields = [
        "outcome",
        "note",
        "duration_seconds",
        "recording_url",
        "external_id",
    ];
    let mut errors = match report.validate() {
        Ok(()) => FieldErrors::default(),
        Err(errors) => FieldErrors::from_validator(&errors, &fields),
    };
    if report
        .call_back_at
        .is_some_and(|at| at > caller.now + FURTHEST)
    {
        let sentence = "call_back_at must be at most a year ahead";
        errors.push("call_back_at", Problem::Said(sentence.into()));
    }
    errors.or(report)
}

fn open_step(conn: &mut PgConnection, caller: &Caller, run_id: Uuid) -> Result<Option<Uuid>> {
    Ok(workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .filter(workflow_run_steps::exited_at.is_null())
        .select(workflow_run_steps::id)
        .first(conn)
        .optional()?)
}

/// What the same report was answered the first time.
fn reported_before(
    conn: &mut PgConnection,
    caller: &Caller,
    run: &RunFacts,
    report: &Report,
) -> Result<Option<Reported>> {
    let Some(external_id) = &report.external_id else {
        return Ok(None);
    };
    let before: Option<(Uuid, Option<String>, Option<Value>)> = attempts::table
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::run_id.eq(run.id))
        .filter(attempts::external_id.eq(external_id))
        .select((attempts::id, attempts::outcome, attempts::before))
        .first(conn)
        .optional()?;
    let Some((attempt_id, outcome, before)) = before else {
        return Ok(None);
    };
    let outcome = outcome.unwrap_or_else(|| report.outcome.clone());
    let before = before.map(Before::read).transpose()?;
    let followed = before.and_then(|before| before.followed);
    let followed = followed.unwrap_or(Followed {
        status: run.status,
        node_id: run.current_node_id,
        next: None,
    });
    Ok(Some(Reported::of(
        run.clone(),
        attempt_id,
        outcome,
        followed,
    )))
}
