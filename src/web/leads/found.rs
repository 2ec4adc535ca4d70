//! Everything that a lead's page shows.

use uuid::Uuid;

use super::do_not_contact::blocked;
use super::history::{Happening, happenings};
use super::own_fields::catalogue_of;
use super::story::actor;
use super::tabs::Tab;
use crate::audit::{self, Entry};
use crate::caller::{Caller, Permission, Person};
use crate::db::PgConnection;
use crate::error::Result;
use crate::fields::Catalogue;
use crate::leads::{self, LeadView, Show};
use crate::people;
use crate::rotations;
use crate::workflows::{self, Progress, Status, Tries};

/// What belongs to a lead.
pub struct Found {
    /// What happened, unless the audit is shown; one more than the page shows when there is more.
    pub happenings: Vec<Happening>,
    /// The audit with who did it, while that is shown.
    pub entries: Vec<(Entry, String)>,
    /// Its newest run.
    pub progress: Option<Progress>,
    /// The workflows it could be in, for those who may change where it stands.
    pub workflows: Vec<workflows::Choice>,
    /// The statuses of the one it is in, for them too.
    pub statuses: Vec<Status>,
    /// Whose it could be, for them too.
    pub owners: Vec<Person>,
    /// Whether it can be given to whoever's turn it is.
    pub has_rotation: bool,
    /// The fields of the catalogue, for a lead that may say something in them.
    pub catalogue: Catalogue,
    /// Why nobody may call or write to it, when it is on the do-not-contact list.
    pub blocked: Option<String>,
    /// Who has its task before them now.
    pub held_by: Option<String>,
    /// The lead before it in its list.
    pub before: Option<Uuid>,
    /// The one after it.
    pub after: Option<Uuid>,
}

/// A lead with all that.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn load(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    query: &leads::Query,
    tab: Tab,
) -> Result<(LeadView, Found)> {
    let view = leads::find(conn, caller, id)?;
    let limit = tab.moments + 1;
    let (happenings, entries) = match tab.name {
        "audit" => (Vec::new(), audited(conn, caller, id, limit)?),
        _ => (happened(conn, caller, id, tab, limit)?, Vec::new()),
    };
    let progress = workflows::progress(conn, caller, id)?;
    let may_write = caller.may(Permission::WriteLeads);
    let (before, after) = leads::neighbours(conn, caller, query, &view.lead)?;
    let is_task = view.step.as_ref().is_some_and(|step| step.state == "task");
    let held_by = match is_task {
        true => workflows::whose_claim(conn, caller, id)?,
        false => None,
    };
    let found = Found {
        blocked: blocked(conn, caller, &view.lead)?,
        catalogue: catalogue_of(conn, caller, &view.lead)?,
        held_by,
        happenings,
        entries,
        workflows: match may_write {
            true => workflows::choices(conn, caller)?,
            false => Vec::new(),
        },
        owners: match may_write {
            true => people::active_people(conn, caller)?,
            false => Vec::new(),
        },
        has_rotation: may_write && !rotations::at_work(conn, caller)?.is_empty(),
        statuses: match (&view.workflow, &progress) {
            (_, Some(progress)) if !progress.statuses.is_empty() => progress.statuses.clone(),
            (Some(workflow), _) if may_write => workflows::statuses(conn, caller, workflow.id)?,
            _ => Vec::new(),
        },
        progress,
        before,
        after,
    };
    Ok((view, found))
}

fn happened(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    tab: Tab,
    limit: usize,
) -> Result<Vec<Happening>> {
    let shown = match tab.name {
        "messages" => None,
        "notes" => Some(Show::Notes),
        "changes" => Some(Show::Changes),
        _ => Some(Show::Everything),
    };
    let moments = match shown {
        Some(shown) => leads::timeline(conn, caller, id, shown, limit)?,
        None => Vec::new(),
    };
    let attempts = match tab.name {
        "notes" | "changes" => Vec::new(),
        _ => workflows::attempts(conn, caller, id, newest(limit))?,
    };
    happenings(conn, caller, &moments, &attempts, limit)
}

fn newest(limit: usize) -> Tries<'static> {
    Tries {
        limit: i64::try_from(limit).unwrap_or(i64::MAX),
        ..Tries::default()
    }
}

fn audited(
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    limit: usize,
) -> Result<Vec<(Entry, String)>> {
    let entries = audit::of_subject(conn, caller, id, i64::try_from(limit).unwrap_or(i64::MAX))?;
    let ids = entries.iter().filter_map(|entry| entry.actor_id);
    let names = leads::names(conn, caller, ids.collect(), Vec::new())?;
    let named = entries.into_iter().map(|entry| {
        let who = actor(&entry, &names.by_id);
        (entry, who)
    });
    Ok(named.collect())
}
