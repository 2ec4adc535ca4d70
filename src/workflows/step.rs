//! The row of a step as it is written: one try at a node.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::graph::Node;
use super::words::{NodeType, Priority, StepState};
use crate::db::schema::workflow_run_steps;

/// A step to be written.
#[derive(Debug, Insertable)]
#[diesel(table_name = workflow_run_steps, treat_none_as_default_value = false)]
pub(super) struct StepRow<'a> {
    pub account_id: Uuid,
    pub id: Uuid,
    pub run_id: Uuid,
    pub workflow_id: Uuid,
    pub node_id: Uuid,
    pub attempt: i32,
    pub due_at: Option<DateTime<Utc>>,
    pub outcome: Option<&'a str>,
    pub entered_at: DateTime<Utc>,
    pub exited_at: Option<DateTime<Utc>>,
    pub state: StepState,
    pub node_type: NodeType,
    pub label: &'a str,
    pub step_number: Option<i32>,
    pub max_attempts: i32,
    pub wake_at: Option<DateTime<Utc>>,
    pub held_at: Option<DateTime<Utc>>,
    pub why: Option<&'a str>,
    pub rank: i16,
    pub owner_id: Option<Uuid>,
    pub number: i32,
    pub ready_at: Option<DateTime<Utc>>,
    pub hours_revision: Option<i32>,
}

impl<'a> StepRow<'a> {
    /// The first try at a node of a run, scheduled for `due_at`.
    pub(super) fn at(
        account_id: Uuid,
        id: Uuid,
        run_id: Uuid,
        node: &'a Node,
        due_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            account_id,
            id,
            run_id,
            workflow_id: node.workflow_id,
            node_id: node.id,
            attempt: 1,
            due_at,
            outcome: None,
            entered_at: now,
            exited_at: None,
            state: StepState::Scheduled,
            node_type: node.node_type,
            label: &node.label,
            step_number: node.step_number,
            max_attempts: node.max_attempts(),
            wake_at: due_at,
            held_at: None,
            why: None,
            rank: Priority::Normal.rank(),
            owner_id: None,
            number: 1,
            ready_at: None,
            hours_revision: None,
        }
    }
}
