//! A turn: what is to be written of one run.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::cadence::{End, Landing, Next};
use super::super::words::{Priority, RunStatus, StepState, WorkflowStatus};
use super::ground::{Ground, Heir};
use super::live::Live;
use super::statuses;
use crate::caller::Caller;
use crate::ids;

/// What is to be written of one run.
#[derive(Debug)]
pub struct Turn<'a> {
    /// The run as it stands.
    pub live: &'a Live,
    /// The version it goes over to.
    pub heir: Option<Heir>,
    /// What becomes of the step it is at.
    pub then: Then,
}

/// What becomes of a step.
#[derive(Debug)]
pub enum Then {
    /// The same try goes on.
    Stay(Stay),
    /// The try is over.
    Leave(Box<Leave>),
    /// Its clock stands still until a person hands the run back.
    Pause {
        /// Why.
        why: String,
    },
}

/// How a step goes on.
#[derive(Debug)]
pub struct Stay {
    /// What it waits for.
    pub state: StepState,
    /// When it is to happen.
    pub due_at: DateTime<Utc>,
    /// When it would if there were no contact hours, while those put it off.
    pub ready_at: Option<DateTime<Utc>>,
    /// When the worker looks at it next.
    pub wake_at: DateTime<Utc>,
    /// Why it waits.
    pub why: Option<String>,
    /// Whose task it is.
    pub owner_id: Option<Uuid>,
}

/// How a step is left.
#[derive(Debug)]
pub struct Leave {
    /// What came of it.
    pub outcome: Option<String>,
    /// Why that came of it, when it is not what the step said so far.
    pub why: Option<String>,
    /// Where the run goes.
    pub next: Next,
    /// The id of the next step, when there is one.
    pub next_id: Uuid,
    /// The lead's new status, when it is another.
    pub status_key: Option<String>,
    /// When the lead was reached, when it was.
    pub reached_at: Option<DateTime<Utc>>,
    /// Since when the next step's clock stands still, when it does.
    pub held_at: Option<DateTime<Utc>>,
    /// Whose task the next step is.
    pub owner_id: Option<Uuid>,
}

impl Leave {
    /// The step that comes next, and its end.
    pub fn landing(&self) -> Option<&Landing> {
        match &self.next {
            Next::Step(landing) | Next::TakeOver { landing, .. } => Some(landing),
            Next::End(_) => None,
        }
    }

    /// The end, when it is one.
    pub fn end(&self) -> Option<&End> {
        match &self.next {
            Next::End(end) => Some(end),
            _ => None,
        }
    }
}

/// Leaves the step a run is at: its lead's status follows, and the clock of what comes next stands
/// still where the run or its workflow is paused.
pub fn leave<'a>(
    caller: &Caller,
    ground: &Ground,
    live: &'a Live,
    heir: Option<Heir>,
    outcome: Option<String>,
    next: Next,
    reached_at: Option<DateTime<Utc>>,
) -> Turn<'a> {
    let end = match &next {
        Next::End(end) => Some(end),
        _ => None,
    };
    let status_key = statuses::after(
        ground.statuses(live),
        &live.run.status_key,
        outcome.as_deref(),
        end,
        reached_at.is_some(),
    );
    let is_held = live.run.status == RunStatus::Paused
        || live.workflow.status != WorkflowStatus::Active
        || matches!(next, Next::TakeOver { .. });
    Turn {
        live,
        heir,
        then: Then::Leave(Box::new(Leave {
            outcome,
            why: None,
            next,
            next_id: ids::new(caller.now),
            status_key,
            reached_at,
            held_at: is_held.then_some(caller.now),
            owner_id: ground.worker(live),
        })),
    }
}

/// Hands a run to a person: nothing fires until they hand it back.
pub fn pause(live: &Live, why: String) -> Turn<'_> {
    Turn {
        live,
        heir: None,
        then: Then::Pause { why },
    }
}

impl Turn<'_> {
    /// The same, with the reason for what came of the step.
    pub fn because(mut self, why: String) -> Self {
        if let Then::Leave(leave) = &mut self.then {
            leave.why = Some(why);
        }
        self
    }

    /// The version the run takes, and its steps, when that is another than it has. One that had
    /// waited for the activation has none before its first turn.
    pub fn version(&self) -> Option<(Uuid, i32)> {
        let heir = self.heir.map(|heir| (heir.version_id, heir.step_count));
        let is_first = self.live.run.version_id.is_none();
        let workflow = &self.live.workflow;
        let first = || Some((workflow.version_id?, workflow.step_count));
        heir.or_else(|| first().filter(|_| is_first))
    }

    /// How the run stands afterwards.
    pub fn run_status(&self) -> RunStatus {
        match &self.then {
            Then::Pause { .. } => RunStatus::Paused,
            Then::Stay(stay) => match stay.state {
                StepState::Scheduled | StepState::Done => RunStatus::InProgress,
                StepState::Task | StepState::Sent => RunStatus::Waiting,
            },
            Then::Leave(leave) => match &leave.next {
                Next::End(end) => end.status,
                Next::TakeOver { .. } => RunStatus::Paused,
                Next::Step(_) if self.live.run.status == RunStatus::Paused => RunStatus::Paused,
                Next::Step(_) => RunStatus::InProgress,
            },
        }
    }

    /// Why the run stands as it does afterwards.
    pub fn why(&self) -> Option<&str> {
        match &self.then {
            Then::Pause { why } => Some(why),
            Then::Stay(stay) => stay.why.as_deref(),
            Then::Leave(leave) => match &leave.next {
                Next::End(end) => Some(&end.why),
                Next::TakeOver { why, .. } => Some(why),
                Next::Step(landing) => landing.why.as_deref(),
            },
        }
    }

    /// When something is due afterwards.
    pub fn next_action_at(&self) -> Option<DateTime<Utc>> {
        match &self.then {
            Then::Pause { .. } => None,
            Then::Stay(stay) => Some(stay.due_at),
            Then::Leave(leave) => leave
                .landing()
                .filter(|_| leave.held_at.is_none())
                .map(|landing| landing.due_at),
        }
    }

    /// The rank of the next step in Today.
    pub fn rank(landing: &Landing, priority: Priority) -> i16 {
        landing.rank.unwrap_or(priority.rank())
    }
}
