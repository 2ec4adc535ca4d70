//! What lies before the person who works: the task with its lead, what is known of it, how the
//! day goes.

use super::local_time::{LocalTime, local_time};
use crate::audit::Event;
use crate::caller::{Caller, Permission};
use crate::db::PgConnection;
use crate::error::Result;
use crate::fields::Catalogue;
use crate::leads::{self, LeadView, Show, What};
use crate::web::leads::{self as leads_web, Happening, happenings};
use crate::workflows::{self, OnWhat, Tally, Task, Tries, Undoable};

/// How many of the last notes, calls and messages are shown.
const TOUCHES: usize = 5;
/// Among how many of the last moments they are looked for.
const LOOKED_AT: usize = 30;

/// The page's rows.
pub struct Desk {
    /// What is to be done now.
    pub at_hand: Option<AtHand>,
    /// How the day goes.
    pub tally: Tally,
    /// What can be taken back.
    pub undoable: Option<Undoable>,
    /// Who is on what, for those who look after others.
    pub on_what: Vec<OnWhat>,
}

/// A task and its lead.
pub struct AtHand {
    /// The task.
    pub task: Task,
    /// The lead.
    pub view: LeadView,
    /// What was said and tried last.
    pub touches: Vec<Happening>,
    /// The time where the lead lives.
    pub local: LocalTime,
    /// The fields of the catalogue, when the lead may say something in them.
    pub catalogue: Catalogue,
    /// Why nobody may call or write to it, when it is on the do-not-contact list.
    pub blocked: Option<String>,
}

/// Takes the next lead for the caller, or finds the one they have before them.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] without the right to write leads.
pub fn load(conn: &mut PgConnection, caller: &Caller) -> Result<Desk> {
    caller.require(Permission::WriteLeads)?;
    let at_hand = match workflows::next_task(conn, caller)? {
        Some(task) => Some(at_hand(conn, caller, task)?),
        None => None,
    };
    let looks_after_others = caller.may(Permission::WriteWorkflows);
    Ok(Desk {
        at_hand,
        tally: workflows::tally(conn, caller)?,
        undoable: workflows::undoable(conn, caller)?,
        on_what: match looks_after_others {
            true => workflows::on_what(conn, caller)?,
            false => Vec::new(),
        },
    })
}

fn at_hand(conn: &mut PgConnection, caller: &Caller, task: Task) -> Result<AtHand> {
    let view = leads::find(conn, caller, task.lead_id)?;
    let mut moments = leads::timeline(conn, caller, task.lead_id, Show::Everything, LOOKED_AT)?;
    moments.retain(|moment| match &moment.what {
        What::Note { .. } => true,
        // Why somebody put it off is worth knowing, who edited it is not.
        What::Change(entry) => entry.event == Event::RunMoved,
    });
    let newest = Tries {
        limit: TOUCHES as i64,
        ..Tries::default()
    };
    let attempts = workflows::attempts(conn, caller, task.lead_id, newest)?;
    let touches = happenings(conn, caller, &moments, &attempts, TOUCHES)?;
    Ok(AtHand {
        local: local_time(&task, caller.now),
        catalogue: leads_web::catalogue_of(conn, caller, &view.lead)?,
        blocked: leads_web::blocked(conn, caller, &view.lead)?,
        task,
        view,
        touches,
    })
}
