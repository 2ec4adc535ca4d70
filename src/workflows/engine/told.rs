//! What a lead's timeline tells of a turn.

use serde_json::json;

use super::super::words::Category;
use super::ground::Ground;
use super::turn::{Then, Turn};
use super::write::status_key;
use crate::audit::{Change, Event, Subject};

/// What the lead's timeline tells of a turn: another status, the end of the run, a hand-over.
pub fn changes(ground: &Ground, turn: &Turn<'_>) -> impl Iterator<Item = Change> {
    let run = &turn.live.run;
    let workflow = json!({"id": run.workflow_id, "name": turn.live.workflow.name});
    let change = |event, data| Change {
        event,
        subject: Subject::Lead,
        subject_id: run.lead_id,
        data,
    };
    let status = status_key(turn).map(|key| {
        let to = ground
            .statuses(turn.live)
            .iter()
            .find(|one| one.key == *key);
        let is_won = to.is_some_and(|status| status.category == Category::Won);
        let event = match is_won {
            true => Event::LeadConverted,
            false => Event::LeadStatusChanged,
        };
        let data = json!({
            "run_id": run.id, "workflow": workflow, "reason": turn.why(),
            "changes": {"status": {"from": run.status_key, "to": key}},
        });
        change(event, data)
    });
    let status_after = turn.run_status();
    let run_event = match status_after {
        status if !status.is_live() => Some(Event::RunEnded),
        status if status != run.status && matches!(turn.then, Then::Pause { .. }) => {
            Some(Event::RunPaused)
        }
        _ => None,
    };
    let run_event = run_event.map(|event| {
        let data = json!({
            "run_id": run.id, "workflow": workflow, "status": status_after, "reason": turn.why(),
        });
        change(event, data)
    });
    status.into_iter().chain(run_event)
}
