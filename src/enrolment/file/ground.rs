//! What stays the same from one batch of a file to the next.

use std::sync::Arc;

use diesel::pg::PgConnection;
use uuid::Uuid;

use super::plan::{Owners, Plan};
use super::row::Terms;
use crate::caller::{Account, Caller};
use crate::error::{Error, Noun, Result};
use crate::fields::{self, Catalogue};
use crate::leads::OwnerRef;
use crate::people;
use crate::telephony::{self, Reach};
use crate::workflows::{self, Entrance};

/// What the rows of a file are judged by.
#[derive(Debug, Clone)]
pub struct Ground {
    /// What is done with the file.
    pub plan: Plan,
    /// The workflow that the leads go into.
    pub entrance: Option<Arc<Entrance>>,
    /// Which numbers are right.
    pub terms: Terms,
    /// What may stand under the keys of leads.
    pub catalogue: Catalogue,
    /// Whose the new leads are, in turn.
    pub owners: Vec<Uuid>,
}

impl Ground {
    /// Loads what a plan names, as it is now.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the account has no such workflow; [`Error::Conflict`] when it is
    /// over, or none of the people who are to own the leads is active any more.
    pub fn load(conn: &mut PgConnection, caller: &Caller, plan: Plan) -> Result<Self> {
        let entrance = match plan.workflow_id {
            Some(id) => Some(entrance(conn, caller, id)?),
            None => None,
        };
        let account = Account {
            default_country: plan
                .country
                .clone()
                .unwrap_or_else(|| caller.account.default_country.clone()),
            ..caller.account.clone()
        };
        let rules = telephony::rules(conn, &account)?;
        let reach = entrance
            .as_ref()
            .map_or(Reach::NoCalls, |entrance| entrance.reach(&rules));
        let has_calls = entrance.as_ref().is_some_and(|one| one.has_calls);
        Ok(Self {
            catalogue: fields::catalogue(conn, caller.account.id)?,
            owners: owners(conn, caller, &plan.owners)?,
            terms: Terms {
                rules,
                reach,
                needs_phone: plan.needs_phone || has_calls,
            },
            entrance,
            plan,
        })
    }

    /// Whose the new lead is that comes after so many others; nothing where a rotation says it.
    pub fn owner(&self, before: usize) -> Option<OwnerRef> {
        match (&self.plan.owners, before.checked_rem(self.owners.len())) {
            (Owners::Rotation, _) => None,
            (_, Some(turn)) => self.owners.get(turn).copied().map(OwnerRef::Id),
            (_, None) => Some(OwnerRef::Nobody),
        }
    }
}

/// The workflow, when it takes leads.
fn entrance(conn: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Arc<Entrance>> {
    let entrance = workflows::entrances(conn, caller, &[id])?.remove(&id);
    let entrance = entrance.ok_or(Error::NotFound(Noun::Workflow))?;
    entrance.check_takes_leads()?;
    Ok(Arc::new(entrance))
}

fn owners(conn: &mut PgConnection, caller: &Caller, wanted: &Owners) -> Result<Vec<Uuid>> {
    let wanted = match wanted {
        Owners::Rotation | Owners::Nobody => return Ok(Vec::new()),
        Owners::Person(id) => std::slice::from_ref(id),
        Owners::InTurn(ids) => ids,
    };
    let active = people::active_people(conn, caller)?;
    let is_active = |id: &&Uuid| active.iter().any(|person| person.id == **id);
    let owners: Vec<Uuid> = wanted.iter().filter(is_active).copied().collect();
    match owners.is_empty() {
        true => Err(Error::Conflict(
            "Nobody of those who were to own the leads is active any more".into(),
        )),
        false => Ok(owners),
    }
}
