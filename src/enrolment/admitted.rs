//! Leads that may come in, and writing them with their runs and with what the audit keeps.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Change, Event, Subject};
use crate::caller::Caller;
use crate::do_not_contact::Cleared;
use crate::error::Result;
use crate::ids;
use crate::leads::{self, Keys, Placement, Resolved};
use crate::rotations::{self, Turn, Turns};
use crate::workflows::{self, Entrance, NewRun};

/// A lead that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The lead as it was written.
    pub lead: Resolved,
    /// Its run, when it was enrolled.
    pub run: Option<Begun>,
}

/// A run that began with its lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    /// The run's id.
    pub id: Uuid,
    /// The id of its first step.
    pub step_id: Uuid,
    /// Where it came in.
    pub entrance: Arc<Entrance>,
    /// When its first step is due, once the workflow runs.
    pub starts_at: DateTime<Utc>,
}

impl Begun {
    /// A run that begins at the entry of a workflow, its first step at `starts_at`.
    pub(super) fn at(
        entrance: &Arc<Entrance>,
        starts_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            starts_at,
            id: ids::new(now),
            step_id: ids::new(now),
            entrance: Arc::clone(entrance),
        }
    }
}

/// A lead that may come in, and what its run needs besides.
pub(super) struct Admitted {
    pub(super) taken: Taken,
    cleared: Option<Cleared>,
    first_message: Option<String>,
    /// The turn by which it has its owner.
    turn: Option<Turn>,
}

impl Admitted {
    /// A lead that begins a run.
    pub(super) fn enrolled(
        mut lead: Resolved,
        cleared: Cleared,
        run: Begun,
        first_message: Option<String>,
    ) -> Self {
        lead.placement = Some(placement(&run));
        Self {
            taken: Taken {
                lead,
                run: Some(run),
            },
            cleared: Some(cleared),
            first_message,
            turn: None,
        }
    }

    /// A lead that comes into no workflow.
    pub(super) fn without_workflow(lead: Resolved) -> Self {
        Self {
            taken: Taken { lead, run: None },
            cleared: None,
            first_message: None,
            turn: None,
        }
    }

    /// Whether nothing was said about its owner, so that it goes to whoever's turn it is.
    fn is_to_be_given(&self) -> bool {
        let lead = &self.taken.lead;
        lead.owner_id.is_none() && lead.lead.owner.is_none()
    }
}

/// Where a lead stands whose run begins like this.
pub(super) fn placement(run: &Begun) -> Placement {
    let entrance = &run.entrance;
    Placement {
        workflow_id: entrance.workflow_id,
        status_key: entrance.status_key.clone(),
        next_action_at: entrance.first_due(run.starts_at),
    }
}

/// Gives leads that may come in, and whose owner nobody named, to whoever's turn it is: at most one
/// query, where a rotation asks who had the same people before.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database can't be asked.
pub(super) fn give_out<'a>(
    conn: &mut PgConnection,
    caller: &Caller,
    turns: &mut Turns,
    admitted: impl Iterator<Item = &'a mut Admitted>,
) -> Result<()> {
    if turns.is_empty() {
        return Ok(());
    }
    let mut given: Vec<&mut Admitted> = admitted.filter(|one| one.is_to_be_given()).collect();
    let keys: Vec<Keys> = given
        .iter()
        .map(|one| {
            let lead = &one.taken.lead.lead;
            match turns.ask_previous(lead.team_id) {
                true => Keys::of(lead, &caller.account.default_country),
                false => Keys::default(),
            }
        })
        .collect();
    let keys: Vec<&Keys> = keys.iter().collect();
    let previous = leads::previous_owners(conn, caller, &keys)?;
    for (one, previous) in given.iter_mut().zip(previous) {
        one.turn = turns.take(one.taken.lead.lead.team_id, previous);
        let owner = one.turn.as_ref().and_then(|turn| turn.owner.as_ref());
        one.taken.lead.owner_id = owner.map(|owner| owner.user_id);
    }
    Ok(())
}

/// Writes leads that may come in, inside the caller's transaction; nothing when there are none. `came`
/// is what is told of each.
///
/// # Errors
/// [`crate::error::Error::Internal`] when the database refuses.
pub(super) fn write<'a>(
    conn: &mut PgConnection,
    caller: &Caller,
    admitted: impl Iterator<Item = &'a Admitted> + Clone,
    came: Event,
) -> Result<()> {
    let resolved: Vec<&Resolved> = admitted.clone().map(|one| &one.taken.lead).collect();
    if resolved.is_empty() {
        return Ok(());
    }
    leads::insert(conn, caller, &resolved)?;
    let runs: Vec<NewRun<'_>> = admitted
        .clone()
        .filter_map(|one| {
            let run = one.taken.run.as_ref()?;
            Some(NewRun {
                id: run.id,
                step_id: run.step_id,
                cleared: one.cleared.as_ref()?,
                owner_id: one.taken.lead.owner_id,
                entrance: &run.entrance,
                starts_at: run.starts_at,
                first_message: one.first_message.as_deref(),
            })
        })
        .collect();
    if !runs.is_empty() {
        workflows::begin(conn, caller, &runs)?;
    }
    let changes: Vec<Change> = admitted.flat_map(|one| changes(one, came)).collect();
    audit::write(conn, caller, &changes)
}

fn changes(admitted: &Admitted, came: Event) -> impl Iterator<Item = Change> {
    let taken = &admitted.taken;
    let created = Change {
        event: came,
        subject: Subject::Lead,
        subject_id: taken.lead.id,
        data: taken.lead.facts(),
    };
    let run = taken.run.as_ref();
    let enrolled = run.map(|run| enrolled(taken.lead.id, run));
    let turn = admitted.turn.as_ref();
    let assigned = turn.map(|turn| rotations::changes(taken.lead.id, None, turn));
    std::iter::once(created).chain(assigned).chain(enrolled)
}

/// What the audit keeps of a lead that went into a workflow.
pub(super) fn enrolled(lead_id: Uuid, run: &Begun) -> Change {
    Change {
        event: Event::LeadEnrolled,
        subject: Subject::Lead,
        subject_id: lead_id,
        data: json!({
            "run_id": run.id,
            "workflow": {"id": run.entrance.workflow_id, "name": run.entrance.name},
        }),
    }
}
