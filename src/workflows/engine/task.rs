//! A step that a person is to do.

use super::super::words::{StepState, WhenAway};
use super::ground::Ground;
use super::outreach::{Ready, due_at};
use super::turn::{Stay, Then, Turn};
use crate::caller::Caller;
use crate::error::Result;

/// A person is to do it while the lead's contact hours last; then it is looked at again. While
/// that person is away it is everybody's, or is put off, where the workflow says so.
pub fn task<'a>(caller: &Caller, ground: &Ground, ready: Ready<'a>) -> Result<Turn<'a>> {
    let live = ready.live;
    let away = ground.away(live, caller.now)?;
    let task = Stay {
        state: StepState::Task,
        due_at: due_at(live, caller),
        ready_at: None,
        wake_at: ready.until,
        why: None,
        owner_id: ground.worker(live),
    };
    let stay = match (live.workflow.when_away, away) {
        (WhenAway::HandOver, Some((_, name))) => Stay {
            why: Some(format!("{name} is away, so everybody may do it")),
            owner_id: None,
            ..task
        },
        (WhenAway::Shift, Some((back_at, name))) => {
            let moment = ground.moment(live, caller.now)?;
            let (due_at, _) = moment.later(back_at - caller.now).first_opening();
            let there = due_at.with_timezone(&moment.zone).format("%a %-d %b %H:%M");
            Stay {
                state: StepState::Scheduled,
                due_at,
                wake_at: due_at,
                why: Some(format!("waiting until {there}: {name} is away")),
                ..task
            }
        }
        (WhenAway::Stay | WhenAway::HandOver | WhenAway::Shift, _) => task,
    };
    Ok(Turn {
        live,
        heir: None,
        then: Then::Stay(stay),
    })
}
