//! A task as a person works it.

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::engine::{self, Ground, Live, load};
use super::super::words::{CALL_BACK_RANK, NodeType};
use super::effects::{Effect, effects};
use crate::caller::Caller;
use crate::db::schema::workflow_run_steps;
use crate::error::{Error, Result};

/// One thing to do for one lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The step.
    pub step_id: Uuid,
    /// Its run.
    pub run_id: Uuid,
    /// Its lead.
    pub lead_id: Uuid,
    /// Its workflow.
    pub workflow_id: Uuid,
    /// The workflow's name.
    pub workflow_name: String,
    /// The node.
    pub node_id: Uuid,
    /// What it does.
    pub node_type: NodeType,
    /// What people call it.
    pub label: String,
    /// What to say or write, filled in for the lead.
    pub script: Option<String>,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// Which try it is.
    pub attempt: i32,
    /// How often it is tried at most.
    pub max_attempts: i32,
    /// Its place among the outreach steps, from 1.
    pub step_number: Option<i32>,
    /// How many there are.
    pub step_count: i32,
    /// When it was due.
    pub due_at: DateTime<Utc>,
    /// Whether a call-back was promised for then.
    pub is_call_back: bool,
    /// Why it is due now.
    pub why: Option<String>,
    /// Until when it is before the person who took it.
    pub claim_ends_at: DateTime<Utc>,
    /// The zone the lead lives in.
    pub zone: chrono_tz::Tz,
    /// When its contact hours are over, while they are not.
    pub open_until: Option<DateTime<Utc>>,
    /// What can be reported, and what it does.
    pub effects: Vec<Effect>,
}

/// The task of a step, when it still is one.
pub fn task(conn: &mut PgConnection, caller: &Caller, step_id: Uuid) -> Result<Option<Task>> {
    let run_id: Uuid = workflow_run_steps::table
        .find((caller.account.id, step_id))
        .select(workflow_run_steps::run_id)
        .first(conn)?;
    let Some(live) = load(conn, &[(caller.account.id, run_id)])?.pop() else {
        return Ok(None);
    };
    let ground = Ground::load(conn, std::slice::from_ref(&live))?;
    of_live(caller, &ground, &live, step_id)
}

fn of_live(caller: &Caller, ground: &Ground, live: &Live, step_id: Uuid) -> Result<Option<Task>> {
    let step = live.step.as_ref().filter(|step| step.id == step_id);
    let (Some(step), Some((place, _))) = (step, ground.place(live)) else {
        return Ok(None);
    };
    let moment = ground.moment(live, caller.now)?;
    let text = engine::text(ground, live, place);
    let claim_ends_at = step.claim_ends_at;
    Ok(Some(Task {
        step_id: step.id,
        run_id: live.run.id,
        lead_id: live.lead.id,
        workflow_id: live.run.workflow_id,
        workflow_name: live.workflow.name.clone(),
        node_id: step.node_id,
        node_type: step.node_type,
        label: step.label.clone(),
        script: text.body,
        subject: text.subject,
        attempt: step.attempt,
        max_attempts: step.max_attempts,
        step_number: step.step_number,
        step_count: live.run.step_count,
        due_at: step.due_at.unwrap_or(caller.now),
        is_call_back: step.rank == CALL_BACK_RANK,
        why: step.why.clone(),
        claim_ends_at: claim_ends_at.ok_or_else(|| Error::internal("a task without a claim"))?,
        zone: moment.zone,
        open_until: moment.opening().ok(),
        effects: effects(place, moment, caller.account.time_zone),
    }))
}
