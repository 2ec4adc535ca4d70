//! What came of a try: reported by a person, or by the dialer that made it.

use chrono::{DateTime, Utc};
use diesel::Connection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;
use validator::Validate;

use super::super::cadence;
use super::super::engine::{self, Ground, Live, NewAttempt, OpenStep};
use super::super::words::{AttemptState, NodeType, RunStatus};
use super::before::Before;
use super::found::{RunFacts, find_run};
use crate::caller::{Caller, Permission};
use crate::connectors::Channel;
use crate::db::schema::{attempts, workflow_run_steps};
use crate::do_not_contact::{self, Contact, Source};
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
    /// The run as it stands.
    pub run: RunFacts,
    /// What came of it.
    pub outcome: String,
    /// What comes next; nothing when the run is over.
    pub next: Option<Upcoming>,
}

/// The next step of a run.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Upcoming {
    /// The node.
    pub node_id: Uuid,
    /// What people call it.
    pub label: String,
    /// When it is due; nothing while nobody says so.
    pub due_at: Option<DateTime<Utc>>,
}

const CALL: [&str; 12] = [
    "COMPLETED",
    "NO_ANSWER",
    "BUSY",
    "VOICEMAIL",
    "FAILED",
    "INTERESTED",
    "NOT_INTERESTED",
    "CALL_BACK",
    "WRONG_NUMBER",
    "DO_NOT_CALL",
    "REPLIED",
    "MEETING_BOOKED",
];
const MESSAGE: [&str; 7] = [
    "COMPLETED",
    "FAILED",
    "REPLIED",
    "INTERESTED",
    "NOT_INTERESTED",
    "MEETING_BOOKED",
    "DO_NOT_CALL",
];
const APPLICATION: [&str; 2] = ["success", "failure"];

/// The outcomes that can be reported of a node of this type, whatever its edges say.
pub fn outcomes(node_type: NodeType) -> &'static [&'static str] {
    match node_type.leaves_by() {
        Some(Channel::Call) => &CALL,
        Some(Channel::Application) => &APPLICATION,
        Some(_) => &MESSAGE,
        None => &[],
    }
}

/// Reports what came of the outreach that a run waits for. A report may come before the step is
/// due; of a paused run it moves the lead, and nothing fires until it is resumed (contract §3).
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] when the account has no such run; [`Error::Invalid`]
/// when the outcome is none of the node's; [`Error::Conflict`] when nothing waits for one, or when
/// another was reported at the same moment.
pub fn report(
    conn: &mut PgConnection,
    caller: &Caller,
    run_id: Uuid,
    report: Report,
) -> Result<Reported> {
    caller.require(Permission::WriteLeads)?;
    let report = checked(report)?;
    let run = find_run(conn, caller, run_id)?;
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
        let moved = record(conn, caller, &live, &report)?;
        answer(conn, caller, run_id, moved.attempt_id, report.outcome)
    })
}

/// A run that a report moved.
pub struct Moved {
    /// The try.
    pub attempt_id: Uuid,
}

/// Writes a report of the step a held run is at, and what follows from it.
pub fn record(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    report: &Report,
) -> Result<Moved> {
    let ground = Ground::load(conn, std::slice::from_ref(live))?;
    let (step, channel) = waiting(live)?;
    let Some((place, heir)) = ground.place(live) else {
        return Err(Error::Conflict(
            "The workflow has not been activated yet; nothing waits for an outcome".into(),
        ));
    };
    let outcome = report.outcome.as_str();
    let known = outcomes(step.node_type).contains(&outcome)
        || place
            .graph
            .out_of(place.node.id)
            .any(|edge| edge.label.as_deref() == Some(outcome));
    if !known {
        let words = outcomes(step.node_type).join(", ");
        let sentence = format!(
            "outcome must be one of {words}, or a branch of “{}”",
            step.label
        );
        return Err(Error::invalid("outcome", Problem::Said(sentence.into())));
    }
    let moment = ground.moment(live, caller.now)?;
    let next = cadence::reported(place, outcome, report.call_back_at, moment);
    let refuses = outcome == "DO_NOT_CALL";
    if refuses {
        let contact = Contact {
            lead_id: live.lead.id,
            phone: live.lead.phone_e164.clone(),
            email: live.lead.email.clone(),
        };
        let reason = report
            .note
            .clone()
            .unwrap_or_else(|| "asked not to be contacted".into());
        do_not_contact::add_lead(conn, caller, &contact, &reason, Source::Outcome)?;
    }
    let occurred_at = report.occurred_at.unwrap_or(caller.now);
    write_attempt(conn, caller, live, step, channel, report)?;
    let outcome_said = Some(outcome.to_owned());
    let turn = engine::leave(
        caller,
        &ground,
        live,
        heir,
        outcome_said,
        next,
        Some(occurred_at),
    );
    let attempt_id = step.id;
    engine::turns(conn, caller, &ground, &[turn])?;
    Ok(Moved { attempt_id })
}

/// The outreach that a run is at.
fn waiting(live: &Live) -> Result<(&OpenStep, Channel)> {
    let step = live.step.as_ref();
    let waiting = step.and_then(|step| Some((step, step.node_type.leaves_by()?)));
    waiting.ok_or_else(|| {
        let at = step.map_or("nowhere", |step| step.label.as_str());
        Error::Conflict(format!(
            "The lead is at “{at}”, where nothing waits for an outcome"
        ))
    })
}

/// A report trimmed, and the rules it breaks.
pub fn checked(report: Report) -> Result<Report> {
    let report = Report {
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
    match report.validate() {
        Ok(()) => Ok(report),
        Err(errors) => FieldErrors::from_validator(&errors, &fields).or(report),
    }
}

/// The try as it was reported. One that was handed over is there already.
fn write_attempt(
    conn: &mut PgConnection,
    caller: &Caller,
    live: &Live,
    step: &OpenStep,
    channel: Channel,
    report: &Report,
) -> Result<()> {
    let occurred_at = report.occurred_at.unwrap_or(caller.now);
    let before = Before::of(live).kept()?;
    let handed_over = diesel::update(attempts::table.find((caller.account.id, step.id)))
        .set((
            attempts::state.eq(AttemptState::Done),
            attempts::wake_at.eq(None::<DateTime<Utc>>),
            attempts::outcome.eq(&report.outcome),
            attempts::note.eq(&report.note),
            attempts::duration_seconds.eq(report.duration_seconds),
            attempts::recording_url.eq(&report.recording_url),
            attempts::external_id.eq(&report.external_id),
            attempts::author.eq(caller.actor_name()),
            attempts::occurred_at.eq(occurred_at),
            attempts::before.eq(&before),
        ))
        .execute(conn)?;
    if handed_over > 0 {
        return Ok(());
    }
    let recipient = match channel {
        Channel::Email => live.lead.email.as_deref(),
        _ => live
            .lead
            .phone_e164
            .as_deref()
            .or(live.lead.phone.as_deref()),
    };
    let attempt = NewAttempt {
        account_id: caller.account.id,
        id: step.id,
        lead_id: live.lead.id,
        run_id: live.run.id,
        channel,
        state: AttemptState::Done,
        recipient,
        subject: None,
        body: None,
        html: None,
        outcome: Some(&report.outcome),
        note: report.note.as_deref(),
        duration_seconds: report.duration_seconds,
        recording_url: report.recording_url.as_deref(),
        external_id: report.external_id.as_deref(),
        author: caller.actor_name(),
        why: None,
        before: Some(before),
        failures: 0,
        wake_at: None,
        occurred_at,
        created_at: caller.now,
    };
    engine::attempts(conn, &[attempt])
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
    let before: Option<(Uuid, Option<String>)> = attempts::table
        .filter(attempts::account_id.eq(caller.account.id))
        .filter(attempts::run_id.eq(run.id))
        .filter(attempts::external_id.eq(external_id))
        .select((attempts::id, attempts::outcome))
        .first(conn)
        .optional()?;
    let Some((attempt_id, outcome)) = before else {
        return Ok(None);
    };
    let outcome = outcome.unwrap_or_else(|| report.outcome.clone());
    answer(conn, caller, run.id, attempt_id, outcome).map(Some)
}

/// What followed from a try: the step that was entered when it was left.
pub fn answer(
    conn: &mut PgConnection,
    caller: &Caller,
    run_id: Uuid,
    attempt_id: Uuid,
    outcome: String,
) -> Result<Reported> {
    let left_at: Option<DateTime<Utc>> = workflow_run_steps::table
        .find((caller.account.id, attempt_id))
        .select(workflow_run_steps::exited_at)
        .first(conn)?;
    let next: Option<(Upcoming, NodeType)> = workflow_run_steps::table
        .filter(workflow_run_steps::account_id.eq(caller.account.id))
        .filter(workflow_run_steps::run_id.eq(run_id))
        .filter(workflow_run_steps::entered_at.nullable().ge(left_at))
        .filter(workflow_run_steps::id.ne(attempt_id))
        .order((workflow_run_steps::entered_at, workflow_run_steps::id))
        .select((
            (
                workflow_run_steps::node_id,
                workflow_run_steps::label,
                workflow_run_steps::due_at,
            ),
            workflow_run_steps::node_type,
        ))
        .first(conn)
        .optional()?;
    let mut run = find_run(conn, caller, run_id)?;
    let next = next.filter(|(_, node_type)| !node_type.is_terminal());
    // The run may have gone on since; the answer stays that of its day.
    if let Some((next, _)) = &next {
        run.current_node_id = Some(next.node_id);
        if !run.status.is_live() {
            run.status = RunStatus::InProgress;
        }
    }
    Ok(Reported {
        attempt_id,
        run,
        outcome,
        next: next.map(|(next, _)| next),
    })
}
